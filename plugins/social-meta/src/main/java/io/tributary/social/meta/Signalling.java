package io.tributary.social.meta;

import io.tributary.spi.Conversation;
import io.tributary.spi.Http;
import io.tributary.spi.SendsSignals;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows customers that somebody writes or has read. Thread safe.
///
/// WhatsApp knows typing only as an answer to a message, which is read then, too
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators).
/// So the last message of each customer is remembered where its webhook came; where it is not
/// known, nothing is shown.
final class Signalling {

    private static final int MOST = 10_000;

    private final MetaLines lines;
    private final GraphApi api;

    /// Those that were used longest ago go first.
    private final Map<String, String> latest =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > MOST;
                }
            };

    Signalling(MetaLines lines, GraphApi api) {
        this.lines = lines;
        this.api = api;
    }

    /// Remembers the last message of each WhatsApp customer, or group.
    void saw(Update update) {
        if (!update.kind().equals(Update.MESSAGE) || update.head("id").isEmpty()) {
            return;
        }
        var line = update.notes().getOrDefault(Update.LINE, "");
        var group = update.head("group_id");
        if (!group.isEmpty()) {
            remember(line, group, update.head("id"));
            return;
        }
        for (var id : new String[] {update.head("from"), update.head("from_user_id")}) {
            if (!id.isEmpty()) {
                remember(line, Phones.isWaId(id) ? Phones.address(id) : id, update.head("id"));
            }
        }
    }

    private void remember(String line, String address, String id) {
        synchronized (latest) {
            latest.put(line + ' ' + address, id);
        }
    }

    private @Nullable String latest(Conversation conversation) {
        synchronized (latest) {
            return latest.get(conversation.line() + ' ' + conversation.address());
        }
    }

    void signal(Conversation conversation, SendsSignals.Kind kind, @Nullable String upTo)
            throws Http.Failure, InterruptedException {
        var line = lines.of(conversation);
        var body =
                line == null
                        ? null
                        : line.platform() == Platform.WHATSAPP
                                ? whatsApp(conversation, kind, upTo)
                                : page(conversation, kind);
        if (line != null && body != null) {
            api.message(line, body);
        }
    }

    private @Nullable Members whatsApp(
            Conversation conversation, SendsSignals.Kind kind, @Nullable String upTo) {
        var read = kind == SendsSignals.Kind.READ && upTo != null ? upTo : latest(conversation);
        if (read == null || kind == SendsSignals.Kind.IDLE) {
            return null;
        }
        var body =
                Members.of("messaging_product", "whatsapp")
                        .with("status", "read")
                        .with("message_id", read);
        return kind == SendsSignals.Kind.TYPING
                ? body.with("typing_indicator", Members.of("type", "text"))
                : body;
    }

    private static Members page(Conversation conversation, SendsSignals.Kind kind) {
        var action =
                switch (kind) {
                    case TYPING -> "typing_on";
                    case IDLE -> "typing_off";
                    case READ -> "mark_seen";
                };
        return Members.of("recipient", Members.of("id", conversation.address()))
                .with("sender_action", action);
    }
}
