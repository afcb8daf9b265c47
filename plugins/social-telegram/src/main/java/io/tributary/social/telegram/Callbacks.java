package io.tributary.social.telegram;

import static io.tributary.social.telegram.StrictJson.needObject;
import static io.tributary.social.telegram.StrictJson.text;

import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Buttons below messages that were pressed (https://core.telegram.org/bots/api#callbackquery).
final class Callbacks {

    private static final String CALLBACK = "callback_query";

    private Callbacks() {}

    static Inbound of(JsonNode query, Lines lines) {
        var from = needObject(query, "from");
        var message = query.path("message");
        var chat = message.path("chat");
        var party = chat.isObject() ? Parties.ofChat(chat) : Parties.ofUser(from);
        var inbound = Inbound.of(lines.of(message), party, List.of(part(query, message)));
        inbound = by(inbound, message, from);
        if (StrictJson.number(message, "message_id") != null && chat.isObject()) {
            inbound = inbound.inReplyTo(MessageId.of(message).external());
        }
        var locale = inbound.direction() == Direction.INBOUND ? Parties.locale(from) : null;
        return locale == null ? inbound : inbound.locale(locale);
    }

    /// In a business chat the owner of the account may press, too: that is our side.
    private static Inbound by(Inbound inbound, JsonNode message, JsonNode from) {
        var owner = Parties.owner(message, from);
        if (owner != null) {
            return inbound.ours(owner);
        }
        var chat = message.path("chat");
        var actor = chat.isObject() ? Parties.actor(chat, from) : null;
        return actor == null ? inbound : inbound.by(actor);
    }

    private static InboundPart part(JsonNode query, JsonNode message) {
        var data = text(query, "data");
        var content =
                data == null || data.isEmpty()
                        ? Contents.custom("callback_query", query, "Pressed a button")
                        : new Content.ChoiceMade(data, label(data, message));
        return InboundPart.of(content);
    }

    /// What stood on the button, if Telegram still shows the message.
    private static String label(String data, JsonNode message) {
        for (var row : message.path("reply_markup").path("inline_keyboard").values()) {
            for (var button : row.values()) {
                var shown = text(button, "text");
                if (data.equals(text(button, "callback_data")) && shown != null) {
                    return shown;
                }
            }
        }
        return data;
    }

    /// What ends the wait that Telegram shows on the button; null: the update is no pressed button.
    ///
    /// @return the parameters of `answerCallbackQuery`
    static @Nullable ObjectNode answer(JsonNode update) {
        var id = text(update.path(CALLBACK), "id");
        return id == null || id.isEmpty() ? null : StrictJson.object().put("callback_query_id", id);
    }
}
