package io.tributary.telegram.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the bot may send, and what becomes of it.
final class Letters {

    private static final int LONGEST_TEXT = 4096;
    private static final int LONGEST_CAPTION = 1024;
    private static final int LONGEST_DATA = 64;

    /// Which member of a message each method's file becomes.
    static final Map<String, String> FILES =
            Map.of(
                    "sendPhoto", "photo",
                    "sendVideo", "video",
                    "sendAnimation", "animation",
                    "sendAudio", "audio",
                    "sendVoice", "voice",
                    "sendSticker", "sticker",
                    "sendDocument", "document");

    private final FileShelf shelf;

    Letters(FileShelf shelf) {
        this.shelf = shelf;
    }

    /// The message that a call of a `send` method becomes.
    ObjectNode of(String method, Parameters given) throws Refused {
        var message = JsonNodeFactory.instance.objectNode();
        var file = FILES.get(method);
        if (file != null) {
            upload(file, given, message);
        } else {
            switch (method) {
                case "sendMessage" -> text(given, message);
                case "sendLocation" -> message.set("location", place(given));
                case "sendVenue" -> venue(given, message);
                case "sendContact" -> contact(given, message);
                default -> throw new Refused(404, "Not Found");
            }
        }
        keyboard(given.values().path("reply_markup"), message);
        answered(given.values().path("reply_parameters"), message);
        copy(given, "message_thread_id", message);
        copy(given, "business_connection_id", message);
        return message;
    }

    static void text(Parameters given, ObjectNode message) throws Refused {
        var text = given.text("text");
        if (text.isBlank()) {
            throw Refused.bad("message text is empty");
        }
        if (text.length() > LONGEST_TEXT) {
            throw Refused.bad("message is too long");
        }
        message.put("text", text);
        var entities = given.values().path("entities");
        for (var entity : entities.values()) {
            long end = entity.path("offset").longValue(-1) + entity.path("length").longValue(-1);
            if (end > text.length() || entity.path("length").longValue(0) < 1) {
                throw Refused.bad("can't parse entities: the entity leaves the text");
            }
        }
        if (!entities.isMissingNode()) {
            message.set("entities", entities);
        }
    }

    private void upload(String member, Parameters given, ObjectNode message) throws Refused {
        var upload = given.files().get(member);
        if (upload == null) {
            throw Refused.bad("there is no " + member + " in the request");
        }
        file(member, upload, shelf, message);
        caption(given.text("caption"), message);
    }

    /// Puts a file into a message.
    static void file(String member, Parameters.Upload upload, FileShelf shelf, ObjectNode message) {
        var file = shelf.put(upload.name(), upload.bytes());
        if (member.equals("photo")) {
            message.putArray("photo").add(file.put("width", 1).put("height", 1));
        } else {
            message.set(member, file.put("file_name", upload.name()));
        }
    }

    /// Puts words below a file; empty: none.
    static void caption(String caption, ObjectNode message) throws Refused {
        if (caption.length() > LONGEST_CAPTION) {
            throw Refused.bad("message caption is too long");
        }
        if (!caption.isEmpty()) {
            message.put("caption", caption);
        }
    }

    private static ObjectNode place(Parameters given) {
        var place = JsonNodeFactory.instance.objectNode();
        place.set("latitude", given.values().path("latitude"));
        return place.set("longitude", given.values().path("longitude"));
    }

    private static void venue(Parameters given, ObjectNode message) {
        var venue = message.putObject("venue");
        venue.put("title", given.text("title")).put("address", given.text("address"));
        venue.set("location", place(given));
    }

    private static void contact(Parameters given, ObjectNode message) throws Refused {
        if (given.text("phone_number").isEmpty() || given.text("first_name").isEmpty()) {
            throw Refused.bad("a contact needs a phone number and a name");
        }
        message.putObject("contact")
                .put("phone_number", given.text("phone_number"))
                .put("first_name", given.text("first_name"));
    }

    /// `callback_data` has 1 to 64 bytes.
    static void keyboard(JsonNode markup, ObjectNode message) throws Refused {
        if (markup.isMissingNode()) {
            return;
        }
        for (var row : markup.path("inline_keyboard").values()) {
            for (var button : row.values()) {
                var data = button.path("callback_data").asString("");
                int bytes = data.getBytes(StandardCharsets.UTF_8).length;
                boolean leads = button.has("url");
                if (button.path("text").asString("").isEmpty()
                        || (!leads && (bytes < 1 || bytes > LONGEST_DATA))) {
                    throw Refused.bad("BUTTON_DATA_INVALID");
                }
            }
        }
        message.set("reply_markup", markup);
    }

    private static void answered(JsonNode reply, ObjectNode message) {
        if (reply.has("message_id")) {
            message.set("reply_to_message", reply);
        }
    }

    private static void copy(Parameters given, String name, ObjectNode message) {
        if (given.values().has(name)) {
            message.set(name, given.values().path(name));
        }
    }
}
