package io.tributary.telegram.simulator;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The methods of the Bot API that the simulator has (https://core.telegram.org/bots/api).
final class Methods {

    private static final int MOST_UPDATES = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final long bot;
    private final Updates updates;
    private final Chats chats;
    private final FileShelf shelf;
    private final Webhook webhook;
    private final Letters letters;
    private final Changes edits;
    private final BooleanSupplier over;
    private final Set<String> pressed = ConcurrentHashMap.newKeySet();

    /// @param over whether the simulator is to end
    Methods(
            long bot,
            Updates updates,
            Chats chats,
            FileShelf shelf,
            Webhook webhook,
            BooleanSupplier over) {
        this.bot = bot;
        this.updates = updates;
        this.chats = chats;
        this.shelf = shelf;
        this.webhook = webhook;
        this.over = over;
        this.letters = new Letters(shelf);
        this.edits = new Changes(shelf);
    }

    /// A button was pressed: the bot may answer it once.
    void expectAnswer(String query) {
        pressed.add(query);
    }

    /// Whether a button still waits for the bot's answer.
    boolean isUnanswered(String query) {
        return pressed.contains(query);
    }

    /// @return null: whoever asked was cut off
    @Nullable JsonNode call(String method, Parameters given) throws Refused, InterruptedException {
        return switch (method) {
            case "getMe" -> me();
            case "getUpdates" -> updates(given);
            case "setWebhook" -> setWebhook(given);
            case "deleteWebhook" -> {
                webhook.set("", "");
                yield done();
            }
            case "getWebhookInfo" -> webhookInfo();
            case "getFile" -> shelf.find(given.text("file_id"));
            case "sendChatAction", "readBusinessMessage" -> {
                chats.checkWritable(given.number("chat_id", 0));
                yield done();
            }
            case "editMessageText", "editMessageCaption", "editMessageMedia" -> edit(method, given);
            case "deleteMessages" -> delete(given);
            case "setMessageReaction" -> {
                message(given, "message to react not found");
                yield done();
            }
            case "answerCallbackQuery" -> answer(given);
            default -> send(method, given);
        };
    }

    private static JsonNode done() {
        return NODES.booleanNode(true);
    }

    private ObjectNode me() {
        return NODES.objectNode()
                .put("id", bot)
                .put("is_bot", true)
                .put("first_name", "Simulated")
                .put("username", "simulated_bot");
    }

    private @Nullable JsonNode updates(Parameters given) throws Refused, InterruptedException {
        if (webhook.isSet()) {
            throw new Refused(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use"
                            + " deleteWebhook to delete the webhook first");
        }
        updates.allow(given.values().path("allowed_updates"));
        int limit = Math.clamp(given.number("limit", MOST_UPDATES), 1, MOST_UPDATES);
        var found = updates.ask(given.number("offset", 0), limit, given.number("timeout", 0), over);
        return found == null ? null : NODES.arrayNode().addAll(found);
    }

    private JsonNode webhookInfo() {
        var info = webhook.info(updates.pending());
        var allowed = updates.allowed();
        if (allowed != null) {
            allowed.forEach(info.putArray("allowed_updates")::add);
        }
        return info;
    }

    private JsonNode setWebhook(Parameters given) throws Refused {
        var url = given.text("url");
        var secret = given.text("secret_token");
        if (!secret.matches("[A-Za-z0-9_-]{0,256}")) {
            throw Refused.bad("secret token contains unallowed characters");
        }
        updates.allow(given.values().path("allowed_updates"));
        webhook.set(url, secret);
        updates.wake();
        return done();
    }

    private JsonNode send(String method, Parameters given) throws Refused {
        if (!method.startsWith("send")) {
            throw new Refused(404, "Not Found");
        }
        var message = letters.of(method, given);
        long chat = given.number("chat_id", 0);
        chats.checkWritable(chat);
        message.set("from", me());
        return chats.add(chat, message);
    }

    private JsonNode edit(String method, Parameters given) throws Refused {
        var message = message(given, "message to edit not found");
        var changed = edits.of(method, message, given);
        if (changed.equals(message)) {
            throw Refused.bad(
                    "message is not modified: specified new message content and reply markup are"
                            + " exactly the same as a current content and reply markup of the message");
        }
        message.removeAll();
        message.setAll(changed);
        return message;
    }

    private JsonNode delete(Parameters given) throws Refused {
        long chat = given.number("chat_id", 0);
        chats.checkWritable(chat);
        for (var number : given.values().path("message_ids").values()) {
            chats.remove(chat, number.longValue(0));
        }
        return done();
    }

    private ObjectNode message(Parameters given, String otherwise) throws Refused {
        long chat = given.number("chat_id", 0);
        chats.checkWritable(chat);
        var found = chats.find(chat, given.number("message_id", 0));
        if (found == null) {
            throw Refused.bad(otherwise);
        }
        return found;
    }

    private JsonNode answer(Parameters given) throws Refused {
        if (!pressed.remove(given.text("callback_query_id"))) {
            throw Refused.bad(
                    "query is too old and response timeout expired or query ID is invalid");
        }
        return done();
    }
}
