package io.tributary.social.telegram;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A description of the Bot API by its types and methods, as
/// https://github.com/PaulSonOfLars/telegram-bot-api-spec derives it from Telegram's page.
record BotApiTypes(JsonNode spec) {

    private static final String LIST = "Array of ";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// The names of a type's fields.
    List<String> fields(String type) {
        return fields(spec.path("types").path(type)).stream()
                .map(field -> field.path("name").stringValue())
                .toList();
    }

    String description(String type, String field) {
        return fields(spec.path("types").path(type)).stream()
                .filter(one -> one.path("name").stringValue().equals(field))
                .findFirst()
                .orElseThrow()
                .path("description")
                .stringValue();
    }

    private static List<JsonNode> fields(JsonNode owner) {
        return List.copyOf(owner.path("fields").values());
    }

    /// What is wrong with the parameters of a call; nothing: it is well.
    List<String> problems(String method, JsonNode parameters) {
        var described = spec.path("methods").path(method);
        return described.isMissingNode()
                ? List.of("there is no method " + method)
                : problems(method, described, parameters);
    }

    /// What is wrong with a value of a type.
    List<String> typeProblems(String type, JsonNode value) {
        if (type.startsWith(LIST)) {
            return items(type.substring(LIST.length()), value);
        }
        return switch (type) {
            case "Integer" -> unless(value.isIntegralNumber(), type, value);
            case "Float" -> unless(value.isNumber(), type, value);
            case "String" -> unless(value.isString(), type, value);
            case "Boolean" -> unless(value.isBoolean(), type, value);
            default -> object(type, value);
        };
    }

    private List<String> items(String type, JsonNode value) {
        if (!value.isArray()) {
            return List.of("no list of " + type);
        }
        return value.values().stream().flatMap(one -> typeProblems(type, one).stream()).toList();
    }

    private static List<String> unless(boolean well, String type, JsonNode value) {
        return well ? List.of() : List.of("no " + type + ": " + value);
    }

    private List<String> object(String type, JsonNode value) {
        var described = spec.path("types").path(type);
        if (described.isMissingNode() || !value.isObject()) {
            return List.of("no " + type + ": " + value);
        }
        var subtypes = described.path("subtypes");
        if (subtypes.isArray() && !subtypes.isEmpty()) {
            boolean any =
                    subtypes.values().stream()
                            .anyMatch(one -> typeProblems(one.stringValue(), value).isEmpty());
            return unless(any, type, value);
        }
        return problems(type, described, value);
    }

    private List<String> problems(String name, JsonNode described, JsonNode value) {
        var problems = new ArrayList<String>();
        var known = new ArrayList<String>();
        for (var field : fields(described)) {
            var member = field.path("name").stringValue();
            known.add(member);
            if (!value.has(member)) {
                if (field.path("required").booleanValue()) {
                    problems.add(name + " lacks " + member);
                }
            } else if (field.path("types").values().stream()
                    .noneMatch(type ->
                            typeProblems(type.stringValue(), value.path(member)).isEmpty())) {
                problems.add(name + "." + member + " is " + value.path(member));
            }
        }
        for (var member : value.propertyNames()) {
            if (!known.contains(member)) {
                problems.add(name + " has no " + member);
            }
        }
        return problems;
    }

    /// The least that a value of a type has.
    JsonNode least(String type) {
        if (type.startsWith(LIST)) {
            return NODES.arrayNode().add(least(type.substring(LIST.length())));
        }
        return switch (type) {
            case "Integer" -> NODES.numberNode(7);
            case "Float" -> NODES.numberNode(7.5);
            case "String" -> NODES.stringNode("seven");
            case "Boolean" -> NODES.booleanNode(true);
            default -> leastObject(type);
        };
    }

    private JsonNode leastObject(String type) {
        var described = spec.path("types").path(type);
        var subtypes = described.path("subtypes");
        if (subtypes.isArray() && !subtypes.isEmpty()) {
            return least(subtypes.path(0).stringValue());
        }
        var object = NODES.objectNode();
        for (var field : fields(described)) {
            if (field.path("required").booleanValue()) {
                object.set(field.path("name").stringValue(), leastOf(field));
            }
        }
        return object;
    }

    private JsonNode leastOf(JsonNode field) {
        return least(field.path("types").path(0).stringValue());
    }

    /// The least of one field of a type.
    JsonNode leastField(String type, String name) {
        return fields(spec.path("types").path(type)).stream()
                .filter(field -> field.path("name").stringValue().equals(name))
                .findFirst()
                .map(this::leastOf)
                .orElseThrow();
    }
}
