package io.tributary.kiosk;

import io.tributary.spi.Malformed;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a frame as a [Message], strictly: what a device may not say is refused, never guessed.
final class MessageReader {

    private static final int CALL = 2;
    private static final int RESULT = 3;
    private static final int FAILURE = 4;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern ACTION = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9-]{1,40}");

    private MessageReader() {}

    /// @throws Malformed it is no message
    static Message read(String frame) {
        if (!(WireJson.read(frame) instanceof ArrayNode parts) || parts.size() < 3) {
            throw new Malformed("a message is an array of three parts or more");
        }
        var kind = parts.get(0);
        if (!kind.isInt()) {
            throw new Malformed("a message begins with 2, 3 or 4");
        }
        return switch (kind.asInt()) {
            case CALL ->
                    new Message.Call(id(parts), matching(parts, 2, ACTION), payload(parts, 3, 4));
            case RESULT -> new Message.Result(id(parts), payload(parts, 2, 3));
            case FAILURE -> failure(parts);
            default -> throw new Malformed("a message begins with 2, 3 or 4");
        };
    }

    private static String id(ArrayNode parts) {
        return matching(parts, 1, ID);
    }

    private static String matching(ArrayNode parts, int index, Pattern form) {
        JsonNode part = parts.get(index);
        if (part != null && part.isString() && form.matcher(part.asString()).matches()) {
            return part.asString();
        }
        throw new Malformed("part " + index + " of a message is not what it should be");
    }

    private static ObjectNode payload(ArrayNode parts, int index, int size) {
        if (parts.size() == size && parts.get(index) instanceof ObjectNode payload) {
            return payload;
        }
        throw new Malformed("a message has a payload, and nothing behind it");
    }

    private static Message failure(ArrayNode parts) {
        var description = parts.get(3);
        if (parts.size() > 5 || description == null || !description.isString()) {
            throw new Malformed("a failure has a code and a description");
        }
        return new Message.Failure(id(parts), matching(parts, 2, CODE), description.asString());
    }
}
