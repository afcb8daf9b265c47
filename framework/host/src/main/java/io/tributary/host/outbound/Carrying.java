package io.tributary.host.outbound;

import io.tributary.model.Content;
import io.tributary.model.Part;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a conversation can carry the parts of a draft, and which of them only as plain text.
///
/// Adaptation is a later matter: what is carried in part or lost is refused here, and a content
/// that the channel shows as its plain text passes where that text fits.
///
/// @param problems empty where all is well
/// @param asText the numbers of the parts that go as their plain text
record Carrying(List<Posted.Problem> problems, Set<Integer> asText) {

    Carrying {
        problems = List.copyOf(problems);
        asText = Set.copyOf(asText);
    }

    static Carrying of(List<Part> parts, Capabilities capabilities) {
        var problems = new ArrayList<Posted.Problem>();
        var asText = new HashSet<Integer>();
        for (var part : parts) {
            var content = part.content();
            var reason = reasonAgainst(content, capabilities);
            if (reason != null) {
                problems.add(new Posted.Problem(part.number(), reason));
            } else if (goesAsText(content, capabilities)) {
                asText.add(part.number());
            }
        }
        return new Carrying(problems, asText);
    }

    private static boolean goesAsText(Content content, Capabilities capabilities) {
        return capabilities.support(content.capability()).level() == Level.FALLBACK;
    }

    private static @Nullable Reason reasonAgainst(Content content, Capabilities capabilities) {
        var support = capabilities.support(content.capability());
        return switch (support.level()) {
            case REFUSED, LOST ->
                    Reason.of(
                            "not-carried",
                            "this conversation cannot carry content of type "
                                    + content.capability());
            case FALLBACK -> againstText(content, capabilities.support("text"));
            case PARTIAL, FULL -> within(content, support, capabilities);
        };
    }

    private static @Nullable Reason againstText(Content content, Support text) {
        if (text.level() != Level.FULL && text.level() != Level.PARTIAL) {
            return Reason.of(
                    "not-carried",
                    content.capability() + " would go as plain text, which is not carried either");
        }
        return Limits.against(Content.text(content.fallback()), text);
    }

    private static @Nullable Reason within(
            Content content, Support support, Capabilities capabilities) {
        var reason = Limits.against(content, support);
        if (reason == null && content instanceof Content.Edited edited) {
            return innerReason(edited, capabilities);
        }
        return reason;
    }

    /// What a message is changed to must be something that the channel carries as it is.
    private static @Nullable Reason innerReason(Content.Edited edited, Capabilities capabilities) {
        for (var part : edited.parts()) {
            var support = capabilities.support(part.content().capability());
            boolean carried = support.level() == Level.FULL || support.level() == Level.PARTIAL;
            if (!carried || part.content() instanceof Content.Edited) {
                return Reason.of(
                        "not-carried",
                        "a message cannot be changed to content of type "
                                + part.content().capability());
            }
            var reason = Limits.against(part.content(), support);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }
}
