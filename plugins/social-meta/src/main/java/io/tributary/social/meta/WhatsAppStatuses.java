package io.tributary.social.meta;

import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far WhatsApp messages of ours have got.
final class WhatsAppStatuses {

    private WhatsAppStatuses() {}

    static List<Inbound> of(Node status, String line) {
        var what = status.text("status", "");
        var reached = reached(what);
        var content =
                reached == null
                        ? new Content.Custom(
                                Platform.WHATSAPP.name("status"),
                                status.json(),
                                "[message status] " + (what.isEmpty() ? "unknown" : what))
                        : new Receipt(reached, reason(reached, status));
        var inbound = Inbound.about(line, target(status), content);
        var id = status.text("id");
        if (id != null && reached != null && key(status) != null) {
            // where the answer to the send is lost, this is how its id becomes known
            inbound = inbound.id(id);
        }
        return List.of(WhatsAppMessages.at(status, inbound.channel(Platform.WHATSAPP.channel())));
    }

    /// Our own key where we sent it: that is known before Meta answers, and even if its answer
    /// never arrives. Of a group, one of its members.
    private static Target target(Node status) {
        var key = key(status);
        return new Target.External(
                key == null ? status.need("id") : key, status.text("recipient_participant_id"));
    }

    private static @Nullable String key(Node status) {
        return SendKeys.key(status.text("biz_opaque_callback_data"));
    }

    /// Null: not known, or no step on the way.
    private static Receipt.@Nullable Status reached(String status) {
        return switch (status) {
            case "sent" -> Receipt.Status.SENT;
            case "delivered" -> Receipt.Status.DELIVERED;
            // a voice note was listened to
            case "read", "played" -> Receipt.Status.READ;
            case "failed" -> Receipt.Status.FAILED;
            default -> null;
        };
    }

    private static @Nullable Reason reason(Receipt.Status reached, Node status) {
        if (reached != Receipt.Status.FAILED) {
            return null;
        }
        var errors = status.at("errors").list();
        var code = errors.isEmpty() ? null : errors.getFirst().whole("code");
        return code == null
                ? Reason.of("failed", "WhatsApp gave no reason")
                : GraphErrors.reason(code);
    }
}
