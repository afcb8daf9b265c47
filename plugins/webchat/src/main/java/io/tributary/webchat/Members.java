package io.tributary.webchat;

import io.tributary.spi.Malformed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The members of an object that somebody else wrote: each is of the type and length that is asked
/// for, or the whole is malformed. What is not asked for is passed over, since newer widgets may
/// say more.
///
/// @param json never changed
record Members(ObjectNode json) {

    static final int MOST_VALUES = 50;

    /// A text that may be empty.
    String text(String name, int longest) {
        var value = optional(name, longest);
        if (value == null) {
            throw new Malformed("member " + name + " is missing");
        }
        return value;
    }

    /// A text that says something.
    String filled(String name, int longest) {
        var value = text(name, longest);
        if (value.isBlank()) {
            throw new Malformed("member " + name + " is empty");
        }
        return value;
    }

    /// Null where it is not there.
    @Nullable String optional(String name, int longest) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new Malformed("member " + name + " is no text");
        }
        return atMost(value.stringValue(), name, longest);
    }

    private static String atMost(String text, String name, int longest) {
        if (text.length() > longest) {
            throw new Malformed("member " + name + " is longer than " + longest);
        }
        return text;
    }

    /// A whole number that is not negative; 0 where it is not there.
    long number(String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new Malformed("member " + name + " is no whole number");
        }
        return value.longValue();
    }

    boolean flag(String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new Malformed("member " + name + " is not true or false");
        }
        return value.booleanValue();
    }

    /// Texts, numbers, truth values and lists of texts, by name, in order.
    Map<String, JsonNode> values(String name, int longest) {
        JsonNode given = json.get(name);
        if (!(given instanceof ObjectNode object) || object.size() > MOST_VALUES) {
            throw new Malformed("member " + name + " is no object of at most 50 values");
        }
        var values = new LinkedHashMap<String, JsonNode>();
        for (var each : object.properties()) {
            if (each.getKey().isEmpty() || !isPlain(each.getValue(), longest)) {
                throw new Malformed("member " + name + " holds more than plain values");
            }
            values.put(each.getKey(), each.getValue());
        }
        return values;
    }

    private static boolean isPlain(JsonNode value, int longest) {
        if (value.isArray()) {
            return value.size() <= MOST_VALUES
                    && value.valueStream().allMatch(each -> isText(each, longest));
        }
        return isText(value, longest) || value.isBoolean() || value.isNumber();
    }

    private static boolean isText(JsonNode value, int longest) {
        return value.isString() && value.stringValue().length() <= longest;
    }

    /// Nothing of it: a visitor wrote it.
    @Override
    public String toString() {
        return "Members[" + json.size() + "]";
    }
}
