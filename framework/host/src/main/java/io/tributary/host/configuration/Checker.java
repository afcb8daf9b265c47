package io.tributary.host.configuration;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Holds a document against a schema.
record Checker(ObjectNode schema) {

    /// Of `tributary.yaml`.
    static final Checker TRIBUTARY = new Checker(read("/configuration.schema.json"));

    /// Of the trust list.
    static final Checker TRUST = new Checker(read("/trust.schema.json"));

    private static ObjectNode read(String resource) {
        try (InputStream in = Checker.class.getResourceAsStream(resource)) {
            return (ObjectNode)
                    new JsonMapper().readTree(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<Mistake> mistakes(Document document) {
        List<Mistake> mistakes = new ArrayList<>(document.mistakes());
        Schema rules =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema);
        for (Error error : rules.validate(document.root())) {
            mistakes.add(mistake(document, error));
        }
        mistakes.sort(
                java.util.Comparator.comparing((Mistake each) -> each.place().source())
                        .thenComparingInt(each -> each.place().line())
                        .thenComparingInt(each -> each.place().column()));
        return mistakes.stream().distinct().toList();
    }

    private Mistake mistake(Document document, Error error) {
        String pointer = pointer(error);
        if ("additionalProperties".equals(error.getKeyword()) && error.getProperty() != null) {
            String key = error.getProperty();
            String inner = pointer + "/" + key;
            return new Mistake(document.at(inner), Document.dotted(inner), noSuchKey(pointer, key));
        }
        return new Mistake(
                document.at(pointer), Document.dotted(pointer), sentence(error, pointer));
    }

    private static String pointer(Error error) {
        String text = error.getInstanceLocation().toString();
        return text.startsWith("/") ? text : "";
    }

    private String noSuchKey(String pointer, String key) {
        List<String> known = new ArrayList<>();
        at(pointer).path("properties").propertyNames().forEach(known::add);
        return "there is no such key; "
                + Nearest.to(key, known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("there are " + String.join(", ", known));
    }

    private String sentence(Error error, String pointer) {
        JsonNode rule = at(pointer);
        return switch (error.getKeyword()) {
            case "pattern" -> wanted(rule);
            case "type" -> type(rule);
            case "anyOf" -> "must be text, {file: PATH} or {env: NAME}";
            default -> error.getMessage();
        };
    }

    /// Where keys are wanted, which.
    private static String type(JsonNode rule) {
        if (rule.path("properties").isObject()) {
            return "must hold keys: " + String.join(", ", rule.path("properties").propertyNames());
        }
        return "must be of type "
                + rule.path("type").asString(rule.has("$ref") ? "string" : "object");
    }

    private static String wanted(JsonNode rule) {
        return switch (rule.path("$ref").asString("")) {
            case "#/$defs/duration" -> "must be a number and a unit: 500ms, 60s, 15m, 12h or 30d";
            case "#/$defs/size" -> "must be a number and a unit: 512B, 64kB, 1MB or 2GB";
            case "#/$defs/range" ->
                    "must be an address or a range, such as 192.0.2.7 or 10.0.0.0/8";
            default -> byPattern(rule);
        };
    }

    private static String byPattern(JsonNode rule) {
        if (rule.has("title")) {
            return "must be " + rule.path("title").asString();
        }
        return rule.path("pattern").asString("").startsWith("^https?")
                ? "must begin with http:// or https://"
                : "may hold lower-case letters, digits and dashes only";
    }

    /// The rule for a place of the document.
    private JsonNode at(String pointer) {
        JsonNode rule = schema;
        for (String key : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/")) {
            JsonNode named = rule.path("properties").path(key);
            JsonNode any = rule.path("additionalProperties");
            rule = !named.isMissingNode() ? named : any.isObject() ? any : rule.path("items");
        }
        return rule;
    }
}
