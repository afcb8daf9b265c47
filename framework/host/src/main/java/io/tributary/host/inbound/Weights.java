package io.tributary.host.inbound;

import io.tributary.host.journal.Change.Weight;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Part;

/// What an interaction that came in means for its conversation. What the provider tells of the
/// customer, such as another number of theirs, is no word of theirs: providers open no send window
/// for it, and nobody has to read it before writing.
final class Weights {

    private Weights() {}

    /// @param moved whether it tells of another address of the customer
    static Weight of(Interaction interaction, boolean moved) {
        boolean told = interaction.actor().kind() == Actor.Kind.SYSTEM;
        return switch (interaction.direction()) {
            case INBOUND -> {
                // calls are told by the provider, too: but somebody rang
                if (told && !calls(interaction)) {
                    yield moved ? Weight.MOVED : Weight.QUIET;
                }
                yield says(interaction) ? Weight.FROM_CUSTOMER : Weight.QUIET;
            }
            case OUTBOUND -> says(interaction) ? Weight.FROM_US : Weight.QUIET;
            case INTERNAL -> Weight.QUIET;
        };
    }

    private static boolean calls(Interaction interaction) {
        return interaction.parts().stream()
                .anyMatch(part -> part.content() instanceof Content.Call);
    }

    private static boolean says(Interaction interaction) {
        for (Part part : interaction.parts()) {
            if (says(part.content())) {
                return true;
            }
        }
        return false;
    }

    /// Whether somebody has to take note of it.
    private static boolean says(Content content) {
        return switch (content) {
            case Content.Receipt _,
                    Content.MediaStored _,
                    Content.MediaFailed _,
                    Content.Changed _,
                    Content.Handover _,
                    Content.Consent _,
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
                    Content.Reaction _,
                    Content.Edited _,
                    Content.Deleted _,
                    Content.Custom _ ->
                    true;
        };
    }
}
