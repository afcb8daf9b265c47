package io.tributary.host.inbound;

import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What providers' ids stand for, for the events of one unit: what is in the journal, then what
/// earlier events of the unit bring.
final class References {

    private final Journal journal;
    private final AccountId account;
    private final Map<String, Found> here = new HashMap<>(4);

    /// @param stored false: an earlier event of this unit brings it, so the journal must not know
    ///   the id yet
    record Found(
            InteractionId interaction,
            int part,
            @Nullable ConversationId conversation,
            boolean stored) {}

    References(Journal journal, AccountId account) {
        this.journal = journal;
        this.account = account;
    }

    /// The journal goes first: an earlier event of this unit may prove to be a duplicate and will
    /// then not be stored again.
    @Nullable Found find(String externalId) {
        Directory.Reference known = journal.directory().reference(account, externalId).orElse(null);
        return known == null
                ? here.get(externalId)
                : new Found(known.interaction(), known.part(), known.conversation(), true);
    }

    /// @return whether it is the first of this unit; the first binding wins
    boolean bind(
            String externalId,
            InteractionId interaction,
            int part,
            @Nullable ConversationId conversation) {
        return here.putIfAbsent(externalId, new Found(interaction, part, conversation, false))
                == null;
    }
}
