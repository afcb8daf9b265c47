package io.tributary.host.outbound;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Conversations.Query;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.spi.Capabilities.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks for what may be done instead of a reply that cannot be sent. Each is what the gate would
/// let through at this moment. Blocking, thread safe.
final class Alternatives {

    /// So many other conversations are tried, those of the latest activity.
    private static final int MOST_TRIED = 5;

    private final Journal journal;
    private final ReplyDecision replying;

    Alternatives(Journal journal, ReplyDecision replying) {
        this.journal = journal;
        this.replying = replying;
    }

    /// @param why it was refused
    /// @param accounts on which another conversation may be; empty: on all
    List<Alternative> to(Reply refused, Posted.Refused.CannotSend why, Set<AccountId> accounts)
            throws InterruptedException {
        var found = journal.conversations().byId(refused.conversation());
        if (found.isEmpty() || found.get().closedAt() != null) {
            return List.of();
        }
        var alternatives = new ArrayList<Alternative>();
        if (isOfTheWindow(why)) {
            afterTheWindow(refused).ifPresent(alternatives::add);
        }
        for (var other : others(found.get(), accounts)) {
            if (isOpenTo(refused.draft(), other)) {
                alternatives.add(
                        new Alternative.OtherConversation(
                                other.id(), other.channel(), other.account()));
            }
        }
        return List.copyOf(alternatives);
    }

    private static boolean isOfTheWindow(Posted.Refused.CannotSend why) {
        return why.problems().stream()
                .anyMatch(problem -> problem.reason().code().equals(Permission.WINDOW_CLOSED));
    }

    /// What the channel still takes where the time for free replies is over.
    private Optional<Alternative> afterTheWindow(Reply refused) throws InterruptedException {
        try {
            var capabilities = replying.capabilities(refused.conversation());
            var window = capabilities.window();
            var types =
                    window == null
                            ? List.<String>of()
                            : window.after().stream()
                                    .filter(type ->
                                            capabilities.support(type).level() != Level.REFUSED)
                                    .sorted()
                                    .toList();
            return types.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Alternative.OtherContent(types));
        } catch (Refusal silent) {
            return Optional.empty();
        }
    }

    private List<Conversation> others(Conversation conversation, Set<AccountId> accounts) {
        var open =
                new Query(
                        accounts,
                        null,
                        true,
                        journal.customers().aliases(conversation.customer()),
                        null);
        return journal.conversations().page(open, Long.MAX_VALUE, MOST_TRIED + 1).stream()
                .filter(other -> !other.id().equals(conversation.id()))
                .limit(MOST_TRIED)
                .toList();
    }

    private boolean isOpenTo(Draft draft, Conversation other) throws InterruptedException {
        try {
            var _ = replying.of(Reply.of(other.id(), draft));
            return true;
        } catch (Refusal shut) {
            return false;
        }
    }
}
