package io.tributary.host.accounts;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.tributary.host.configuration.Nearest;
import io.tributary.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a channel's settings must look like: its JSON Schema (2020-12). Immutable, thread safe.
///
/// Keys that the schema does not name are refused, whether or not it says so itself: a setting that
/// is silently ignored because of a slip is worse than one that is refused.
public final class SettingsSchema {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemaRegistryConfig(
                                            SchemaRegistryConfig.builder()
                                                    .formatAssertionsEnabled(true)
                                                    .locale(Locale.ROOT)
                                                    .pathType(PathType.JSON_POINTER)
                                                    .build())
                                    .schemaCacheEnabled(false));
    private static final Schema ITSELF =
            REGISTRY.getSchema(
                    SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    private final ObjectNode node;
    private final Schema schema;
    private final SchemaPaths secrets;
    private final SchemaPaths addresses;

    private SettingsSchema(
            ObjectNode node, Schema schema, SchemaPaths secrets, SchemaPaths addresses) {
        this.node = node;
        this.schema = schema;
        this.secrets = secrets;
        this.addresses = addresses;
    }

    /// Reads a schema. It may refer to itself only: nothing is fetched.
    ///
    /// @throws IllegalArgumentException it is no JSON Schema, or marks something else than a text
    ///   as secret; says what is wrong
    public static SettingsSchema of(Json json) {
        var node = SettingsJson.object(json.text(), "the settings' schema");
        var dialect =
                node.path("$schema").asString(SpecificationVersion.DRAFT_2020_12.getDialectId());
        if (!dialect.startsWith(SpecificationVersion.DRAFT_2020_12.getDialectId())) {
            throw new IllegalArgumentException(
                    "the settings' schema is written in "
                            + dialect
                            + "; write it in "
                            + SpecificationVersion.DRAFT_2020_12.getDialectId());
        }
        var wrong = ITSELF.validate(node);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "the settings' schema is no JSON Schema: "
                            + wrong.getFirst().getInstanceLocation()
                            + ": "
                            + wrong.getFirst().getMessage());
        }
        var secrets = SchemaPaths.secrets(node);
        var addresses = SchemaPaths.addresses(node);
        if (!node.has("additionalProperties") && !node.has("unevaluatedProperties")) {
            node.put("unevaluatedProperties", false);
        }
        try {
            var schema = REGISTRY.getSchema(node);
            schema.initializeValidators();
            return new SettingsSchema(node, schema, secrets, addresses);
        } catch (SchemaException broken) {
            throw new IllegalArgumentException(
                    "the settings' schema cannot be used: " + firstLine(broken.getMessage()));
        }
    }

    /// Refuses what [#of] refuses.
    public static void check(Json json) {
        var _ = of(json);
    }

    SchemaPaths secrets() {
        return secrets;
    }

    /// Settings that say where requests may go.
    SchemaPaths addresses() {
        return addresses;
    }

    /// What is wrong with settings whose secrets are in their places; all of it.
    List<SettingsProblem> problems(ObjectNode whole) {
        var problems = new ArrayList<SettingsProblem>();
        var alternatives = new LinkedHashMap<String, List<Error>>();
        for (var error : schema.validate(whole)) {
            var group = alternative(error);
            if (group.isEmpty()) {
                problems.add(problem(error));
            } else {
                alternatives.computeIfAbsent(group, _ -> new ArrayList<>()).add(error);
            }
        }
        alternatives.values().forEach(errors -> problems.add(oneOf(errors)));
        return problems.stream().distinct().toList();
    }

    private SettingsProblem problem(Error error) {
        var at = error.getInstanceLocation().toString();
        return switch (error.getKeyword()) {
            case "required" -> placed(SettingsProblem.below(at, error.getProperty()), "is missing");
            case "additionalProperties", "unevaluatedProperties" ->
                    placed(
                            SettingsProblem.below(at, error.getProperty()),
                            "is unknown" + meant(error));
            default -> placed(at, error.getMessage());
        };
    }

    /// Where nothing but missing keys stands in the way, they are named side by side.
    private SettingsProblem oneOf(List<Error> errors) {
        var at = errors.getFirst().getInstanceLocation().toString();
        if (errors.stream().allMatch(error -> error.getKeyword().equals("required"))) {
            var names = errors.stream().map(Error::getProperty).distinct().toList();
            return placed(at, "one of these is needed: " + String.join(", ", names));
        }
        var texts = errors.stream().map(error -> problem(error).toString()).distinct().toList();
        return placed(at, "none of the alternatives fits: " + String.join("; ", texts));
    }

    /// The path of the `anyOf` or `oneOf` inside which an error was found; empty: in none.
    private static String alternative(Error error) {
        var path = error.getEvaluationPath().toString();
        for (var keyword : List.of("/anyOf/", "/oneOf/")) {
            int begin = path.indexOf(keyword);
            if (begin >= 0) {
                return path.substring(0, begin + keyword.length());
            }
        }
        return path.endsWith("/oneOf") && error.getMessage().contains("but 0 ") ? path + "/" : "";
    }

    private String meant(Error error) {
        var fragment = error.getSchemaLocation().getFragment().toString();
        var parent = fragment.substring(0, Math.max(0, fragment.lastIndexOf('/')));
        var known = new ArrayList<>(propertiesOf(node.at(parent)).keySet());
        return Nearest.to(error.getProperty(), known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse(known.isEmpty() ? "" : "; known are: " + String.join(", ", known));
    }

    private static Map<String, JsonNode> propertiesOf(JsonNode schema) {
        var properties = new LinkedHashMap<String, JsonNode>();
        schema.path("properties").forEachEntry(properties::put);
        return properties;
    }

    /// A secret is named where secrets are given, and what is wrong with it without its value.
    private SettingsProblem placed(String pointer, String text) {
        var path =
                pointer.isEmpty()
                        ? ""
                        : pointer.substring(1)
                                .replace('/', '.')
                                .replace("~1", "/")
                                .replace("~0", "~");
        return secrets.contains(path)
                ? new SettingsProblem(SettingsProblem.secret(path), text)
                : new SettingsProblem("/config" + pointer, text);
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
