package io.tributary.host.accounts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Which settings of a channel are secrets: those that its schema marks `"writeOnly": true`.
///
/// Kept as paths of names, `*` for any element of a list or any name.
final class SecretPaths {

    /// Schemas may refer to themselves; settings are not nested deeper than this.
    private static final int DEEPEST = 8;

    private final Set<List<String>> patterns = new LinkedHashSet<>();
    private final IdentityHashMap<ObjectNode, Set<List<String>>> seen = new IdentityHashMap<>();
    private final ObjectNode root;

    /// @throws IllegalArgumentException a secret is not declared as text
    SecretPaths(ObjectNode schema) {
        this.root = schema;
        walk(schema, List.of());
        seen.clear();
    }

    /// The paths, joined by dots, for messages.
    List<String> names() {
        return patterns.stream().map(pattern -> String.join(".", pattern)).toList();
    }

    boolean contains(String path) {
        var names = List.of(path.split("\\.", -1));
        return patterns.stream().anyMatch(pattern -> fits(pattern, names));
    }

    /// Takes every secret out of the settings and hands it over with its dotted path.
    void takeOut(ObjectNode config, BiConsumer<String, JsonNode> secret) {
        for (var pattern : patterns) {
            takeOut(config, pattern, "", secret);
        }
    }

    /// Puts a text where the path says.
    ///
    /// @return false if the settings have no such place
    static boolean put(ObjectNode config, String path, String text) {
        var names = path.split("\\.", -1);
        JsonNode parent = config;
        for (int i = 0; i < names.length - 1; i++) {
            var next = child(parent, names[i]);
            if (next == null && parent instanceof ObjectNode object && !isIndex(names[i + 1])) {
                next = object.putObject(names[i]);
            }
            if (next == null) {
                return false;
            }
            parent = next;
        }
        if (parent instanceof ObjectNode object) {
            object.put(names[names.length - 1], text);
            return true;
        }
        return false;
    }

    private void walk(@Nullable JsonNode schema, List<String> path) {
        if (!(schema instanceof ObjectNode object) || path.size() > DEEPEST) {
            return;
        }
        if (!seen.computeIfAbsent(object, _ -> new HashSet<>()).add(path)) {
            return;
        }
        if (object.path("writeOnly").asBoolean(false)) {
            refuseOtherThanText(object, path);
            patterns.add(path);
            return;
        }
        object.path("properties").forEachEntry((name, below) -> walk(below, add(path, name)));
        walk(object.get("additionalProperties"), add(path, "*"));
        walk(object.get("items"), add(path, "*"));
        for (var joined : List.of("allOf", "anyOf", "oneOf")) {
            object.path(joined).forEach(part -> walk(part, path));
        }
        for (var joined : List.of("if", "then", "else")) {
            walk(object.get(joined), path);
        }
        var reference = object.path("$ref").asString("");
        if (reference.equals("#") || reference.startsWith("#/")) {
            walk(root.at(reference.substring(1)), path);
        }
    }

    private static void refuseOtherThanText(ObjectNode schema, List<String> path) {
        if (!schema.path("type").asString("").equals("string") || path.isEmpty()) {
            throw new IllegalArgumentException(
                    "the secret '"
                            + String.join(".", path)
                            + "' must be declared with \"type\": \"string\"");
        }
    }

    private static void takeOut(
            JsonNode node, List<String> pattern, String path, BiConsumer<String, JsonNode> secret) {
        var name = pattern.getFirst();
        var rest = pattern.subList(1, pattern.size());
        var names = new ArrayList<String>();
        if (!name.equals("*")) {
            names.add(name);
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                names.add(Integer.toString(i));
            }
        } else if (node instanceof ObjectNode object) {
            names.addAll(object.propertyNames());
        }
        for (var each : names) {
            var value = child(node, each);
            if (value == null) {
                continue;
            }
            var below = path.isEmpty() ? each : path + '.' + each;
            if (!rest.isEmpty()) {
                takeOut(value, rest, below, secret);
            } else if (node instanceof ObjectNode object) {
                object.remove(each);
                secret.accept(below, value);
            }
        }
    }

    private static @Nullable JsonNode child(JsonNode node, String name) {
        return switch (node) {
            case ObjectNode object -> object.get(name);
            case ArrayNode array when isIndex(name) -> array.get(Integer.parseInt(name));
            default -> null;
        };
    }

    private static boolean isIndex(String name) {
        return !name.isEmpty() && name.length() < 6 && name.chars().allMatch(Character::isDigit);
    }

    private static boolean fits(List<String> pattern, List<String> names) {
        if (pattern.size() != names.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).equals("*") && !pattern.get(i).equals(names.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> add(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }
}
