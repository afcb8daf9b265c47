package io.tributary.host.outbound;

import io.tributary.model.Content;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import org.jspecify.annotations.Nullable;

/// Whether a content is carried.
final class Carried {

    private Carried() {}

    static boolean is(Support support) {
        return support.level() == Level.FULL || support.level() == Level.PARTIAL;
    }

    static Reason not(Content content) {
        return Reason.of(
                "not-carried",
                "this conversation cannot carry content of type " + content.capability());
    }

    /// Whether plain text can stand for it where the channel would carry others of its type.
    static boolean saysAllAsText(Content content) {
        return content instanceof Content.Text
                || content instanceof Content.Choices
                || content instanceof Content.Card
                || content instanceof Content.Carousel
                || content instanceof Content.Media;
    }

    /// Why it is beyond what the channel carries of its type; null: it is not.
    static @Nullable Reason beyond(Content content, Support support, Capabilities capabilities) {
        var reason = Limits.against(content, support);
        if (reason == null && content instanceof Content.Edited edited) {
            return inner(edited, capabilities);
        }
        return reason;
    }

    /// What a message is changed to must be something that the channel carries as it is.
    private static @Nullable Reason inner(Content.Edited edited, Capabilities capabilities) {
        for (var part : edited.parts()) {
            var support = capabilities.support(part.content().capability());
            if (!is(support) || part.content() instanceof Content.Edited) {
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
