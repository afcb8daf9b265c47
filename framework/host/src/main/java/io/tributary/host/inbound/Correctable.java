package io.tributary.host.inbound;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;

/// Whether what an event means now can be said as a correction of what is stored. What had effects
/// of its own, or belongs elsewhere, cannot: an operator has to look. Blocking, thread safe.
final class Correctable {

    private static final int PAGE = 500;

    private final Journal journal;

    Correctable(Journal journal) {
        this.journal = journal;
    }

    boolean is(Interaction stored, Inbound now) {
        return stored.conversation() != null
                && now.parts().stream().map(InboundPart::content).allMatch(Correctable::isSaid)
                && stored.parts().stream().allMatch(part -> isSaid(part.content()))
                && mediaAreKept(stored, now)
                && !isOvertaken(stored, stored.conversation());
    }

    /// Whether it comes from the same end as what is stored.
    static boolean isThere(Interaction stored, Inbound now) {
        var party = now.party();
        return stored.direction() == now.direction()
                && (party == null || party.address().equals(stored.address()));
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

    /// Bytes that nobody fetched then can seldom be had now.
    private static boolean mediaAreKept(Interaction stored, Inbound now) {
        for (int i = 0; i < now.parts().size(); i++) {
            if (now.parts().get(i).content() instanceof Content.Media
                    && (i >= stored.parts().size()
                            || !(stored.parts().get(i).content() instanceof Content.Media))) {
                return false;
            }
        }
        return true;
    }

    /// Whether its author has changed it since, or taken it back: that counts more.
    private boolean isOvertaken(Interaction stored, ConversationId conversation) {
        Long position = stored.position();
        long after = position == null ? 0 : position;
        while (true) {
            var page = journal.conversations().interactions(conversation, after, PAGE);
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
        if (!row.type().equals("edited") && !row.type().equals("deleted")) {
            return false;
        }
        var change = InteractionJson.decode(row.body().toArray());
        return change.target() instanceof Target.Known known
                && known.interaction().equals(stored.id())
                && !change.extensions().containsKey(Corrections.EXTENSION);
    }
}
