package io.tributary.kiosk;

import io.tributary.spi.Malformed;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as it is read here: bounded in depth and length, each member named once, nothing behind its
/// end.
///
/// The tree is built here and not by a mapper: one takes longer to be made than most versions of a
/// plugin take to be loaded.
final class WireJson {

    private static final String NO_JSON = "not the JSON that is spoken here";
    private static final int DEEPEST = 16;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 32 * 1024;
    private static final int LONGEST_NUMBER = 30;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNameLength(LONGEST_NAME)
                                    .maxStringLength(LONGEST_TEXT)
                                    .maxNumberLength(LONGEST_NUMBER)
                                    .build())
                    .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WireJson() {}

    /// @throws Malformed it is no JSON, or too much of it; the message repeats nothing of it
    static JsonNode read(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() == null) {
                return value;
            }
        } catch (JacksonException | NumberFormatException broken) {
            // an exponent beyond its limits is no error of JSON
            throw new Malformed(NO_JSON);
        }
        throw new Malformed(NO_JSON);
    }

    private static JsonNode value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case null, default -> throw new Malformed(NO_JSON);
        };
    }

    private static ObjectNode object(JsonParser parser) {
        var object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) {
        var array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    static String write(JsonNode node) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(node, generator);
        }
        return text.toString();
    }

    private static void write(JsonNode node, JsonGenerator into) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                into.writeStartObject();
                for (var member : node.properties()) {
                    into.writeName(member.getKey());
                    write(member.getValue(), into);
                }
                into.writeEndObject();
            }
            case ARRAY -> {
                into.writeStartArray();
                for (var item : node) {
                    write(item, into);
                }
                into.writeEndArray();
            }
            case NUMBER -> into.writeNumber(node.asString());
            case BOOLEAN -> into.writeBoolean(node.asBoolean());
            case STRING -> into.writeString(node.asString());
            case NULL, MISSING, BINARY, POJO -> into.writeNull();
        }
    }

    /// @throws Malformed it is no JSON object
    static ObjectNode object(String text) {
        if (read(text) instanceof ObjectNode object) {
            return object;
        }
        throw new Malformed("not a JSON object");
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    /// The text of a member; empty where it is none, or blank.
    static String text(JsonNode object, String name) {
        var value = object.path(name);
        return value.isString() && !value.asString().isBlank() ? value.asString() : "";
    }

    /// The moment that a member tells; null where it cannot be read, or there is none.
    static @Nullable Instant time(JsonNode object, String name) {
        try {
            var at = text(object, name);
            return at.isEmpty() ? null : Instant.parse(at);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /// The text of a member that must be there.
    ///
    /// @throws Malformed it is not
    static String need(JsonNode object, String name) {
        var value = text(object, name);
        if (value.isEmpty()) {
            throw new Malformed(String.format(Locale.ROOT, "'%s' is missing", name));
        }
        return value;
    }
}
