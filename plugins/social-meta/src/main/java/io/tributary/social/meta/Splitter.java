package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.spi.RawEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Takes a webhook apart: `entry[]`, in it `messaging[]` and `standby[]`, or `changes[]` with lists
/// of messages, statuses and the like. In one pass, and without a copy: a batch has up to 1,000
/// updates.
///
/// Used once.
final class Splitter {

    private static final Set<JsonToken> STRUCTURES =
            Set.of(JsonToken.START_OBJECT, JsonToken.START_ARRAY);

    /// What an update is told apart by.
    private static final Set<String> HEAD =
            Set.of(
                    "id",
                    "group_id",
                    "status",
                    "from",
                    "from_user_id",
                    "to",
                    "to_user_id",
                    "wa_id",
                    "user_id",
                    "value",
                    "timestamp",
                    "recipient_id",
                    "recipient_participant_id",
                    "phone_number_id");

    private final byte[] bytes;
    private final JsonParser parser;
    private final List<Update> updates = new ArrayList<>();
    private String object = "";

    private Splitter(byte[] bytes, JsonParser parser) {
        this.bytes = bytes;
        this.parser = parser;
    }

    /// The updates in the order in which they stand in the webhook.
    ///
    /// @throws io.tributary.spi.Malformed it is no JSON object
    static List<Update> split(Bytes body) {
        var bytes = body.toArray();
        try (var parser = JsonSource.over(bytes)) {
            var splitter = new Splitter(bytes, parser);
            splitter.root();
            return splitter.all(body);
        } catch (JacksonException broken) {
            throw JsonSource.malformed();
        }
    }

    private List<Update> all(Bytes body) {
        if (updates.isEmpty()) {
            return List.of(Update.of(Update.UNKNOWN, body).note(Update.OBJECT, object));
        }
        return updates.stream().map(update -> update.note(Update.OBJECT, object)).toList();
    }

    private void root() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw JsonSource.malformed();
        }
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            switch (name) {
                case "object" -> object = plain();
                case "entry" -> each(this::entry);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw JsonSource.malformed();
        }
    }

    private void entry() {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        var found = new ArrayList<Update>();
        var id = "";
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            switch (name) {
                case "id" -> id = plain();
                case "messaging" -> each(() -> found.add(slice(Update.MESSAGING)));
                case "standby" ->
                        each(() -> found.add(slice(Update.MESSAGING).note(Update.STANDBY, "true")));
                case "changes" -> each(() -> change(found));
                default -> other(name, found);
            }
        }
        for (var update : found) {
            updates.add(
                    update.notes().containsKey(Update.LINE)
                            ? update
                            : update.note(Update.LINE, id));
        }
    }

    /// A list or object that this was not written for.
    private void other(String name, List<Update> found) {
        if (STRUCTURES.contains(parser.currentToken())) {
            found.add(slice(Update.CHANGE).note(Update.FIELD, name));
        }
    }

    private void change(List<Update> found) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        var field = "";
        List<Update> inside = List.of();
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            switch (name) {
                case "field" -> field = plain();
                case "value" -> inside = value();
                default -> parser.skipChildren();
            }
        }
        for (var update : inside) {
            boolean named = update.notes().containsKey(Update.FIELD);
            found.add(historical(named ? update : update.note(Update.FIELD, field), field));
        }
    }

    /// Media of the last 14 days follow the history in the form of messages, and are none of today
    /// (https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history).
    private static Update historical(Update update, String field) {
        boolean said = !Set.of(Update.ERROR, Update.TOO_LARGE).contains(update.kind());
        return said && field.equals(Update.HISTORY) ? update.as(Update.HISTORY) : update;
    }

    private List<Update> value() {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return List.of(slice(Update.CHANGE));
        }
        int from = start();
        var line = "";
        var contacts = new ArrayList<Update>();
        var found = new ArrayList<Update>();
        var unknown = new ArrayList<Update>();
        String name;
        while ((name = parser.nextName()) != null) {
            var token = parser.nextToken();
            var kind = kind(name);
            if (kind != null && token == JsonToken.START_ARRAY) {
                each(() -> found.add(slice(kind)));
            } else if (name.equals("contacts") && token == JsonToken.START_ARRAY) {
                each(() -> contacts.add(slice(Update.CONTACT)));
            } else if (name.equals("metadata")) {
                line = slice(Update.LINE).head("phone_number_id");
            } else {
                other(name, unknown);
            }
        }
        if (found.isEmpty()) {
            found.add(bounded(Update.CHANGE, from, end()));
        } else {
            found.addAll(unknown);
        }
        return noted(found, line, contacts);
    }

    private static List<Update> noted(List<Update> found, String line, List<Update> contacts) {
        var noted = new ArrayList<Update>(found.size());
        for (var update : found) {
            var contact = Contacts.of(update, contacts);
            noted.add(update.note(Update.LINE, line).note(Update.CONTACT, contact));
        }
        return noted;
    }

    private static @Nullable String kind(String name) {
        return switch (name) {
            case "messages" -> Update.MESSAGE;
            case "statuses" -> Update.STATUS;
            case "message_echoes" -> Update.ECHO;
            case "user_preferences" -> Update.PREFERENCE;
            case "user_id_update" -> Update.USER_ID;
            case "errors" -> Update.ERROR;
            case "history" -> Update.HISTORY;
            default -> null;
        };
    }

    /// Calls for each element of the list that stands here; where there is no list, for nothing.
    private void each(Runnable element) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.run();
            parser.skipChildren();
        }
    }

    /// The value that stands here, with its plain members.
    private Update slice(String kind) {
        int from = start();
        Map<String, String> head = Map.of();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            head = head();
        } else {
            plain();
        }
        return bounded(kind, from, end()).head(head);
    }

    private Map<String, String> head() {
        var head = new HashMap<String, String>();
        String name;
        while ((name = parser.nextName()) != null) {
            var token = parser.nextToken();
            if (STRUCTURES.contains(token)) {
                parser.skipChildren();
            } else if (HEAD.contains(name)) {
                head.putIfAbsent(name, plain());
            }
        }
        return head;
    }

    private Update bounded(String kind, int from, int to) {
        return to - from > RawEvent.MOST_BYTES
                ? Update.of(Update.TOO_LARGE, Bytes.EMPTY)
                        .note(Update.SIZE, Integer.toString(to - from))
                : Update.of(kind, Bytes.wrap(bytes, from, to - from));
    }

    private int start() {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /// Behind the last token of what was just read.
    private int end() {
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    /// A text or number; empty where something else stands here.
    private String plain() {
        return switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getString();
            default -> {
                parser.skipChildren();
                yield "";
            }
        };
    }
}
