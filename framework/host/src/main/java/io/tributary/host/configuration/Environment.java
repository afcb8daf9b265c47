package io.tributary.host.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The environment's share of the configuration: `TRIBUTARY_HTTP_PORT` stands for `http.port`.
final class Environment {

    private static final String PREFIX = "TRIBUTARY_";

    /// Variables that are read elsewhere.
    static final Set<String> OTHERS =
            Set.of(
                    "TRIBUTARY_ADMIN_TOKEN",
                    "TRIBUTARY_MASTER_KEY",
                    "TRIBUTARY_TOKEN",
                    "TRIBUTARY_URL",
                    "TRIBUTARY_JAVA_HOME",
                    "TRIBUTARY_JAVA_OPTIONS");

    private final Map<String, List<String>> paths = new TreeMap<>();

    Environment() {
        collect(Checker.TRIBUTARY.schema(), List.of());
    }

    private void collect(JsonNode rule, List<String> path) {
        JsonNode properties = rule.path("properties");
        if (properties.isObject()) {
            properties.forEachEntry((key, inner) -> collect(inner, with(path, key)));
        } else if (!rule.path("additionalProperties").isObject()) {
            paths.put(variable(path), path);
        }
    }

    private static List<String> with(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static String variable(List<String> path) {
        return PREFIX + String.join("_", path).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /// Lays what the environment says over the document; answers what it says wrongly.
    List<Mistake> over(Document document, Map<String, String> environment) {
        List<Mistake> mistakes = new ArrayList<>();
        new TreeMap<>(environment)
                .forEach((name, text) -> {
                    if (!name.startsWith(PREFIX) || OTHERS.contains(name)) {
                        return;
                    }
                    List<String> path = paths.get(name);
                    if (path == null) {
                        mistakes.add(unknown(name));
                    } else {
                        document.override(path, value(path, text), Place.variable(name));
                    }
                });
        return mistakes;
    }

    private Mistake unknown(String name) {
        return new Mistake(
                Place.variable(name),
                "",
                "stands for no key"
                        + Nearest.to(name, paths.keySet())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
    }

    private static JsonNode value(List<String> path, String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        JsonNode rule = Checker.TRIBUTARY.schema();
        for (String key : path) {
            rule = rule.path("properties").path(key);
        }
        return switch (rule.path("type").asString("string")) {
            case "integer" ->
                    text.matches("-?[0-9]{1,9}")
                            ? nodes.numberNode(Integer.parseInt(text))
                            : nodes.stringNode(text);
            case "boolean" ->
                    text.equals("true") || text.equals("false")
                            ? nodes.booleanNode(text.equals("true"))
                            : nodes.stringNode(text);
            case "array" -> {
                var list = nodes.arrayNode();
                for (String each : text.split(",", -1)) {
                    if (!each.isBlank()) {
                        list.add(each.strip());
                    }
                }
                yield list;
            }
            default -> nodes.stringNode(text);
        };
    }
}
