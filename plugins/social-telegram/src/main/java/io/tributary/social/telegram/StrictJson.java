package io.tributary.social.telegram;

import io.tributary.model.Bytes;
import io.tributary.model.Json;
import io.tributary.spi.Malformed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON as strictly as it is written: bounded in depth and length, each member name once,
/// nothing behind the end.
final class StrictJson {

    /// Lists within lists of formatted messages go as deep as their writers like.
    private static final int DEEPEST = 500;

    /// What a host keeps of one value (and JSON's readers take at the least).
    private static final int DEEPEST_KEPT = 64;

    private static final int LONGEST_NUMBER = 64;
    private static final int LONGEST_NAME = 512;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxNumberLength(LONGEST_NUMBER)
                                                    .maxNameLength(LONGEST_NAME)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private StrictJson() {}

    /// The value; null where it is no JSON. What Jackson says of broken JSON quotes it.
    static @Nullable JsonNode read(Bytes body) {
        try {
            var node = MAPPER.readTree(body.toArray());
            return node == null || node.isMissingNode() ? null : node;
        } catch (JacksonException | NumberFormatException broken) {
            // an exponent beyond its limits is no error of JSON
            return null;
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Bytes bytes(JsonNode node) {
        return Bytes.utf8(node.toString());
    }

    /// A value for the model; one that is deeper than a host keeps stands there as a text.
    static Json kept(JsonNode node) {
        return isDeeper(node, DEEPEST_KEPT)
                ? Json.string(node.toString())
                : Json.of(node.toString());
    }

    private static boolean isDeeper(JsonNode node, int most) {
        return node.isContainer()
                && (most == 0 || node.values().stream().anyMatch(one -> isDeeper(one, most - 1)));
    }

    /// The member that is a text; null: there is none.
    static @Nullable String text(JsonNode object, String name) {
        var member = object.path(name);
        return member.isString() ? member.stringValue() : null;
    }

    /// The member that is a text and says something.
    ///
    /// @throws Malformed there is none
    static String needText(JsonNode object, String name) {
        var text = text(object, name);
        if (text == null || text.isEmpty()) {
            throw new Malformed(name + " is missing");
        }
        return text;
    }

    /// The member that is a whole number of at most 64 bits; null: there is none.
    static @Nullable Long number(JsonNode object, String name) {
        var member = object.path(name);
        return member.isIntegralNumber() && member.canConvertToLong() ? member.longValue() : null;
    }

    /// The member that is a whole number.
    ///
    /// @throws Malformed there is none
    static long need(JsonNode object, String name) {
        var number = number(object, name);
        if (number == null) {
            throw new Malformed(name + " is missing");
        }
        return number;
    }

    static boolean flag(JsonNode object, String name) {
        var member = object.path(name);
        return member.isBoolean() && member.booleanValue();
    }

    /// The member that is an object.
    ///
    /// @throws Malformed there is none
    static JsonNode needObject(JsonNode object, String name) {
        var member = object.path(name);
        if (!member.isObject()) {
            throw new Malformed(name + " is missing");
        }
        return member;
    }

    /// The objects in the member that is a list; none where it is not.
    static List<JsonNode> objects(JsonNode object, String name) {
        var member = object.path(name);
        return member.isArray()
                ? member.values().stream().filter(JsonNode::isObject).toList()
                : List.of();
    }
}
