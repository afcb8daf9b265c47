package io.tributary.host.api;

import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON object of a request's body, read strictly: what is missing, of the wrong type or
/// unknown is told all at once, each with its JSON pointer.
final class RequestJson {

    static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(64)
                                                    .maxNumberLength(100)
                                                    .maxNameLength(1_000)
                                                    .build())
                                    .build())
                    .build();

    private final ObjectNode root;
    private final List<Map<String, Object>> errors = new ArrayList<>();
    private final java.util.Set<String> known = new java.util.HashSet<>();

    private RequestJson(ObjectNode root) {
        this.root = root;
    }

    /// @throws Problem the body is no JSON object
    static RequestJson of(Request request) {
        if (request.body().length() == 0) {
            return new RequestJson(JSON.createObjectNode());
        }
        try {
            JsonNode node = JSON.readTree(request.body().toArray());
            if (node instanceof ObjectNode object) {
                return new RequestJson(object);
            }
        } catch (JacksonException broken) {
            throw new Problem(ProblemType.MALFORMED, "The body is no JSON: " + place(broken) + ".");
        }
        throw new Problem(ProblemType.MALFORMED, "The body must be a JSON object.");
    }

    /// Where it broke, never what stands there.
    private static String place(JacksonException broken) {
        var at = broken.getLocation();
        return at == null
                ? "it ends too early or is nested too deep"
                : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    JsonNode node(String key) {
        known.add(key);
        return root.path(key);
    }

    @Nullable String text(String key) {
        JsonNode value = node(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            error("/" + key, "must be a string");
            return null;
        }
        if (value.asString().indexOf('\0') >= 0) {
            error("/" + key, "must not hold U+0000");
            return null;
        }
        return value.asString();
    }

    String needText(String key) {
        String value = text(key);
        if (value == null || value.isBlank()) {
            if (root.path(key).isMissingNode() || value != null) {
                error("/" + key, "is needed");
            }
            return "";
        }
        return value;
    }

    @Nullable Long number(String key) {
        JsonNode value = node(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            error("/" + key, "must be a whole number, 0 or more");
            return null;
        }
        return value.asLong();
    }

    @Nullable Instant instant(String key) {
        String text = text(key);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            error("/" + key, "must be an ISO-8601 instant such as 2026-11-22T12:00:00Z");
            return null;
        }
    }

    /// A constant by its name in lower case.
    @Nullable <E extends Enum<E>> E one(String key, Class<E> kind) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        for (E each : kind.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        error(
                "/" + key,
                "must be one of "
                        + List.of(kind.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
        return null;
    }

    List<String> texts(String key) {
        JsonNode value = node(key);
        List<String> texts = new ArrayList<>();
        if (value.isMissingNode()) {
            return texts;
        }
        if (!value.isArray()) {
            error("/" + key, "must be a list of strings");
            return texts;
        }
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isString()) {
                texts.add(value.get(i).asString());
            } else {
                error("/" + key + "/" + i, "must be a string");
            }
        }
        return texts;
    }

    @Nullable UUID uuid(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        UUID id = Ids.parse(text);
        if (id == null) {
            error("/" + key, "must be an id (a UUID)");
        }
        return id;
    }

    /// An inner object; empty where it is missing.
    ObjectNode object(String key) {
        JsonNode value = node(key);
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (!value.isMissingNode() && !value.isNull()) {
            error("/" + key, "must be an object");
        }
        return JSON.createObjectNode();
    }

    boolean has(String key) {
        return !node(key).isMissingNode();
    }

    void error(String pointer, String detail) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("pointer", pointer);
        error.put("detail", detail);
        errors.add(error);
    }

    /// Refuses the request if anything was wrong, also keys that nobody asked for.
    void finish() {
        for (String key : root.propertyNames()) {
            if (!known.contains(key)) {
                error(
                        "/" + key,
                        "there is no such key; there are "
                                + String.join(", ", new java.util.TreeSet<>(known)));
            }
        }
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
    }

    static Problem invalid(List<Map<String, Object>> errors) {
        Object first = errors.getFirst().get("pointer") + " " + errors.getFirst().get("detail");
        String detail =
                errors.size() == 1
                        ? first + "."
                        : first + ", and " + (errors.size() - 1) + " more.";
        return new Problem(ProblemType.INVALID, detail).with("errors", List.copyOf(errors));
    }
}
