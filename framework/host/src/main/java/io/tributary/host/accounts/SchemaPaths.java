package io.tributary.host.accounts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Which settings of a channel are of one kind, as its schema says: the secrets, or the addresses.
///
/// Kept as paths of names, `*` for any element of a list or any name.
final class SchemaPaths {

    /// Formats of settings that say where requests go.
    private static final Set<String> ADDRESSES =
            Set.of(
                    "uri",
                    "uri-reference",
                    "iri",
                    "iri-reference",
                    "hostname",
                    "idn-hostname",
                    "ipv4",
                    "ipv6");

    /// Schemas may refer to themselves; settings are not nested deeper than this.
    private static final int DEEPEST = 8;

    private final Set<List<String>> patterns = new LinkedHashSet<>();
    private final IdentityHashMap<ObjectNode, Set<List<String>>> seen = new IdentityHashMap<>();
    private final ObjectNode root;
    private final Predicate<ObjectNode> kind;

    private SchemaPaths(ObjectNode schema, Predicate<ObjectNode> kind) {
        this.root = schema;
        this.kind = kind;
        walk(schema, List.of());
        seen.clear();
    }

    /// Those that the schema marks `"writeOnly": true`.
    ///
    /// @throws IllegalArgumentException a secret is not declared as text
    static SchemaPaths secrets(ObjectNode schema) {
        var secrets = new SchemaPaths(schema, SchemaPaths::secret);
        if (secrets.patterns.contains(List.<String>of())) {
            throw noText(List.of());
        }
        return secrets;
    }

    /// Those whose `format` is that of an address, and that are no secrets.
    static SchemaPaths addresses(ObjectNode schema) {
        return new SchemaPaths(
                schema,
                node -> !secret(node) && ADDRESSES.contains(node.path("format").asString("")));
    }

    private static boolean secret(ObjectNode schema) {
        return schema.path("writeOnly").asBoolean(false);
    }

    /// The paths, joined by dots, for messages.
    List<String> names() {
        return patterns.stream().map(pattern -> String.join(".", pattern)).toList();
    }

    boolean contains(String path) {
        var names = List.of(path.split("\\.", -1));
        return patterns.stream().anyMatch(pattern -> fits(pattern, names));
    }

    /// Takes every one out of the settings and hands it over with its dotted path.
    void takeOut(ObjectNode config, BiConsumer<String, JsonNode> taken) {
        for (var pattern : patterns) {
            takeOut(config, pattern, "", taken);
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
        if (kind.test(object)) {
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
        if (secret(schema) && !schema.path("type").asString("").equals("string")) {
            throw noText(path);
        }
    }

    private static IllegalArgumentException noText(List<String> path) {
        return new IllegalArgumentException(
                "the secret '"
                        + String.join(".", path)
                        + "' must be declared with \"type\": \"string\"");
    }

    private static void takeOut(
            JsonNode node, List<String> pattern, String path, BiConsumer<String, JsonNode> taken) {
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
                takeOut(value, rest, below, taken);
            } else if (node instanceof ObjectNode object) {
                object.remove(each);
                taken.accept(below, value);
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
