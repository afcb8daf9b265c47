package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import java.util.Objects;
import java.util.Optional;

/// Whether what an event means now can be said as a correction of what is stored. What had effects
/// of its own, or belongs elsewhere, cannot: an operator has to look. Blocking, thread safe.
final class Correctable {

    private static final int PAGE = 100;

    private final Journal journal;

    Correctable(Journal journal) {
        this.journal = journal;
    }

    /// What a correction rests on: that its author changes nothing before it is committed. Empty:
    /// it cannot be corrected.
    ///
    /// @param said what is to be stored now
    Optional<Expect> basis(Interaction stored, Interaction said) {
        var conversation = stored.conversation();
        if (conversation == null
                || !isSaid(stored)
                || !isSaid(said)
                || !KeptMedia.areSame(stored, said)) {
            return Optional.empty();
        }
        // read before what came since is looked at: whatever comes later is found out
        return journal.conversations()
                .byId(conversation)
                .map(Conversations.Conversation::contentPosition)
                .filter(_ -> !isOvertaken(stored, conversation))
                .map(position -> new Expect.NothingNewAfter(conversation, position));
    }

    /// Whether the account may say what it means: another plugin, or one for other channels, would
    /// read what it never received.
    static boolean isOf(OpenAccount account, Interaction stored) {
        var plugin = stored.plugin();
        return account.speaks().contains(stored.channel())
                && plugin != null
                && plugin.id().equals(account.plugin().id());
    }

    /// Whether it comes from the same end as what is stored.
    static boolean isThere(OpenAccount account, Interaction stored, Inbound now) {
        var party = now.party();
        var channel = now.channel() == null ? account.channel() : now.channel();
        return stored.direction() == now.direction()
                && stored.channel().equals(channel)
                && (now.line().isEmpty() || now.line().equals(stored.line()))
                && Objects.equals(now.thread(), stored.thread())
                && (party == null || party.address().equals(stored.address()));
    }

    /// Whether it is by whom, of when and about something as before: no edit says that anew.
    static boolean isAsBefore(Interaction stored, Interaction said, Inbound now) {
        return said.actor().equals(stored.actor())
                && said.occurredAt().equals(stored.occurredAt())
                && (now.target() == null) == (stored.target() == null)
                // words may have been taken for a reply to a question since
                && (now.inReplyTo() == null || stored.inReplyTo() != null);
    }

    private static boolean isSaid(Interaction interaction) {
        return interaction.parts().stream().map(Part::content).allMatch(Correctable::isSaid);
    }

    /// What somebody said, and nothing else: an edit says all of that anew.
    static boolean isSaid(Content content) {
        return switch (content) {
            case Content.Text _,
                    Content.Media _,
                    Content.Location _,
                    Content.ContactCard _,
                    Content.Choices _,
                    Content.ChoiceMade _,
                    Content.Card _,
                    Content.Carousel _,
                    Content.Form _,
                    Content.FormSubmitted _,
                    Content.Template _,
                    Content.Order _,
                    Content.Transcript _,
                    Content.Reading _,
                    Content.Alert _,
                    Content.Tap _,
                    Content.Scan _,
                    Content.Custom _ ->
                    true;
            case Content.Visit _,
                    Content.Call _,
                    Content.CallOrder _,
                    Content.Consent _,
                    Content.Reaction _,
                    Content.Edited _,
                    Content.Deleted _,
                    Content.Receipt _,
                    Content.MediaStored _,
                    Content.MediaFailed _,
                    Content.Changed _,
                    Content.Handover _,
                    Content.Note _ ->
                    false;
        };
    }

    /// Whether its author has changed it since, or taken it back: that counts more.
    private boolean isOvertaken(Interaction stored, ConversationId conversation) {
        Long position = stored.position();
        long after = position == null ? 0 : position;
        while (true) {
            var page = journal.conversations().edits(conversation, after, PAGE);
            for (Row row : page) {
                if (isAbout(row, stored)) {
                    return true;
                }
                after = row.position();
            }
            if (page.size() < PAGE) {
                return false;
            }
        }
    }

    private static boolean isAbout(Row row, Interaction stored) {
        var change = InteractionJson.decode(row.body().toArray());
        return change.target() instanceof Target.Known known
                && known.interaction().equals(stored.id())
                && !change.extensions().containsKey(Corrections.EXTENSION);
    }
}
