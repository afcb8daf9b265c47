package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;
import java.io.StringWriter;
import java.math.BigDecimal;
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
/// end. The tree is built here and not by a mapper, which takes longer to be made than the rest of
/// a version takes to be loaded.
final class StrictJson {

    private static final int DEEPEST = 24;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_NUMBER = 40;

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

    private StrictJson() {}

    /// The value; null where it is no JSON. What a parser says of broken JSON quotes it.
    static @Nullable JsonNode read(Bytes body) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), body.toArray())) {
            parser.nextToken();
            var value = value(parser);
            return parser.nextToken() == null ? value : null;
        } catch (JacksonException | NumberFormatException | Malformed broken) {
            // an exponent beyond its limits is no error of JSON
            return null;
        }
    }

    private static JsonNode value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(sensible(parser.getDecimalValue()));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case null, default -> throw new Malformed("no JSON");
        };
    }

    /// Reckoning with 1e999999999 fills the memory.
    private static BigDecimal sensible(BigDecimal number) {
        if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
            throw new Malformed("no sensible number");
        }
        return number;
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

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    /// The body as an object.
    ///
    /// @throws Malformed it is none
    static JsonNode needObject(Bytes body) {
        var value = read(body);
        if (value == null || !value.isObject()) {
            throw new Malformed("not a JSON object");
        }
        return value;
    }

    /// The text of a member; empty where it is none, or blank.
    static String text(JsonNode object, String name) {
        var value = object.path(name);
        return value.isString() && !value.asString().isBlank() ? value.asString() : "";
    }

    /// The text of a member that must be there.
    ///
    /// @throws Malformed it is not
    static String need(JsonNode object, String name) {
        var value = text(object, name);
        if (value.isEmpty()) {
            throw new Malformed("'" + name + "' is missing");
        }
        return value;
    }
}
