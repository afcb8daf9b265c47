package io.tributary.social.meta;

import io.tributary.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value that was read. What is not there, or is of another kind, reads as nothing: Meta
/// adds members and leaves others out without notice.
final class Node {

    static final Node NOTHING = new Node(null);

    private static final int LONGEST_WHOLE = 18;

    private final @Nullable Object value;

    /// A number as it was written: an exponent must not fill the memory.
    record Digits(String text) {}

    /// Holds a map of nodes, a list of them, a text, digits, a boolean, or null.
    Node(@Nullable Object value) {
        this.value = value;
    }

    /// A member; nothing where there is none.
    Node at(String name) {
        return value instanceof Map<?, ?> members && members.get(name) instanceof Node member
                ? member
                : NOTHING;
    }

    boolean has(String name) {
        return !at(name).isNothing();
    }

    boolean isNothing() {
        return value == null;
    }

    boolean isObject() {
        return value instanceof Map<?, ?>;
    }

    /// Its elements, or none.
    List<Node> list() {
        return value instanceof List<?> elements
                ? elements.stream().map(Node.class::cast).toList()
                : List.of();
    }

    /// Its members by name, or none.
    Map<String, Node> members() {
        var members = new LinkedHashMap<String, Node>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put((String) name, (Node) member));
        }
        return members;
    }

    /// A text or number that is not empty; null where there is none.
    @Nullable String text() {
        var text =
                switch (value) {
                    case String words -> words;
                    case Digits digits -> digits.text();
                    case null, default -> null;
                };
        return text == null || text.isEmpty() ? null : text;
    }

    @Nullable String text(String name) {
        return at(name).text();
    }

    String text(String name, String otherwise) {
        var text = text(name);
        return text == null ? otherwise : text;
    }

    /// @throws Unfamiliar there is no such text
    String need(String name) {
        var text = text(name);
        if (text == null) {
            throw new Unfamiliar(name);
        }
        return text;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(at(name).value);
    }

    /// A whole number, also one in quotes; null where there is none.
    @Nullable Long whole(String name) {
        var text = text(name);
        return text == null
                        || text.length() > LONGEST_WHOLE
                        || !text.chars().allMatch(next -> next >= '0' && next <= '9')
                ? null
                : Long.valueOf(text);
    }

    /// @throws Unfamiliar there is no such number
    double real(String name) {
        try {
            return Double.parseDouble(need(name));
        } catch (NumberFormatException none) {
            throw new Unfamiliar(name);
        }
    }

    /// The same as it is written again.
    Json json() {
        return Json.of(Members.write(value));
    }

    /// The value as [Members] writes it.
    @Nullable Object value() {
        return value;
    }

    /// Nothing of it: it is what a customer said.
    @Override
    public String toString() {
        return "Node";
    }

    /// Something of a known kind is not as it was when this was written.
    static final class Unfamiliar extends RuntimeException {

        private static final long serialVersionUID = 1;

        Unfamiliar(String what) {
            super("not understood: " + what);
        }
    }
}
