package io.tributary.host.traces;

import io.tributary.model.Bytes;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a body is made of: names of fields, `#` for numbers and `*` for all else. Of an error its
/// codes are shown, and what it says as [ErrorText] has it.
final class Shape {

    /// What is longer is not looked at.
    static final int MOST_BYTES = 8 << 10;

    private static final int MOST_NODES = 60;
    private static final int DEEPEST = 6;
    private static final int FIRST = 2;

    private static final Set<String> CODES =
            Set.of(
                    "code",
                    "error",
                    "error_code",
                    "error_subcode",
                    "errorcode",
                    "reason",
                    "status",
                    "statuscode",
                    "subcode",
                    "type",
                    "ok",
                    "success");

    private static final Set<String> TEXTS =
            Set.of(
                    "description",
                    "detail",
                    "details",
                    "error_description",
                    "error_message",
                    "error_user_msg",
                    "error_user_title",
                    "errors",
                    "errormessage",
                    "message",
                    "title");

    static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(50)
                                                    .build())
                                    .build())
                    .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Names names;
    private final @Nullable Said error;
    private int left = MOST_NODES;

    private Shape(Names names, @Nullable Said error) {
        this.names = names;
        this.error = error;
    }

    /// @param error all that was said, where the body tells of an error; null: it does not
    /// @return null: nothing can be said of it
    static @Nullable JsonNode of(String type, Bytes body, Names names, @Nullable Said error) {
        if (body.isEmpty() || body.length() > MOST_BYTES) {
            return null;
        }
        var shape = new Shape(names, error);
        try {
            if (isJson(type)) {
                return shape.masked(JSON.readTree(body.asStream()), "", 0);
            }
            return isForm(type) ? shape.form(Fields.decode(body)) : null;
        } catch (JacksonException | Malformed unreadable) {
            return null;
        }
    }

    static boolean isJson(String type) {
        return type.endsWith("/json") || type.endsWith("+json");
    }

    static boolean isForm(String type) {
        return type.equals("application/x-www-form-urlencoded");
    }

    private ObjectNode form(Fields fields) {
        ObjectNode shape = NODES.objectNode();
        for (Fields.Field field : fields.all()) {
            if (left-- > 0) {
                shape.put(names.field(field.name()), Names.MASK);
            }
        }
        return shape;
    }

    private JsonNode masked(JsonNode node, String name, int depth) {
        left--;
        if (node.isObject()) {
            return object(node, depth);
        }
        if (node.isArray()) {
            return array(node, name, depth);
        }
        if (node.isString()) {
            return NODES.stringNode(text(name, node.asString()));
        }
        if (node.isNumber()) {
            return isCode(name, node) ? node : NODES.stringNode("#");
        }
        boolean ends = node.isBoolean() && CODES.contains(lower(name));
        return ends || node.isNull() ? node : NODES.stringNode(Names.MASK);
    }

    private boolean isCode(String name, JsonNode number) {
        return error != null
                && CODES.contains(lower(name))
                && number.isIntegralNumber()
                && number.canConvertToLong()
                && Names.isCode(number.asLong(), error);
    }

    private JsonNode object(JsonNode node, int depth) {
        ObjectNode shape = NODES.objectNode();
        for (var field : node.properties()) {
            if (left <= 0 || depth == DEEPEST) {
                shape.put("…", node.size() - shape.size());
                break;
            }
            shape.set(
                    names.field(field.getKey()),
                    masked(field.getValue(), field.getKey(), depth + 1));
        }
        return shape;
    }

    private JsonNode array(JsonNode node, String name, int depth) {
        ArrayNode shape = NODES.arrayNode();
        for (JsonNode each : node) {
            if (left <= 0 || depth == DEEPEST || shape.size() == FIRST) {
                shape.add("… " + (node.size() - shape.size()));
                break;
            }
            shape.add(masked(each, name, depth + 1));
        }
        return shape;
    }

    private String text(String name, String value) {
        if (error == null) {
            return Names.MASK;
        }
        boolean code = CODES.contains(lower(name));
        if (code && value.indexOf(' ') < 0) {
            return names.code(value, error);
        }
        return code || TEXTS.contains(lower(name))
                ? names.clean(ErrorText.of(value, error))
                : Names.MASK;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
