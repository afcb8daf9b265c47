package io.tributary.host.inbound;

import io.tributary.host.journal.Change.Weight;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Part;
import java.util.List;

/// What an interaction that came in means for its conversation.
final class Weights {

    private Weights() {}

    static Weight of(Direction direction, List<Part> parts) {
        for (Part part : parts) {
            if (says(part.content())) {
                return switch (direction) {
                    case INBOUND -> Weight.FROM_CUSTOMER;
                    case OUTBOUND -> Weight.FROM_US;
                    case INTERNAL -> Weight.QUIET;
                };
            }
        }
        return Weight.QUIET;
    }

    /// Whether somebody has to take note of it.
    private static boolean says(Content content) {
        return switch (content) {
            case Content.Receipt _,
                    Content.MediaStored _,
                    Content.MediaFailed _,
                    Content.Changed _,
                    Content.Handover _,
                    Content.Note _ ->
                    false;
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
                    Content.Visit _,
                    Content.Call _,
                    Content.CallOrder _,
                    Content.Consent _,
                    Content.Reaction _,
                    Content.Edited _,
                    Content.Deleted _,
                    Content.Custom _ ->
                    true;
        };
    }
}
