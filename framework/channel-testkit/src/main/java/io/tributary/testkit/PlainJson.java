package io.tributary.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON (RFC 8259) into maps, lists, strings, numbers and booleans, so that a plugin's tests
/// need no JSON library. For schemas that lie in a plugin's jar, not for what comes from outside.
final class PlainJson {

    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private PlainJson(String text) {
        this.text = text;
    }

    /// Reads a whole text.
    ///
    /// @throws IllegalArgumentException it is no JSON; the message says where
    static @Nullable Object read(String text) {
        var reader = new PlainJson(text);
        var value = reader.value(0);
        reader.skipBlanks();
        if (reader.at < text.length()) {
            throw reader.broken("something follows the value");
        }
        return value;
    }

    /// The value as an object.
    ///
    /// @throws IllegalArgumentException it is none
    @SuppressWarnings("unchecked") // objects are made below, with names as keys
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (!(value instanceof Map<?, ?>)) {
            throw new IllegalArgumentException("not an object");
        }
        return (Map<String, @Nullable Object>) value;
    }

    private @Nullable Object value(int depth) {
        if (depth > DEEPEST) {
            throw broken("nested deeper than " + DEEPEST);
        }
        skipBlanks();
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> members(int depth) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        at++;
        skipBlanks();
        if (taken('}')) {
            return members;
        }
        do {
            skipBlanks();
            var name = string();
            skipBlanks();
            take(':');
            if (members.containsKey(name)) {
                throw broken("'" + name + "' stands twice");
            }
            members.put(name, value(depth + 1));
            skipBlanks();
        } while (taken(','));
        take('}');
        return members;
    }

    private List<@Nullable Object> elements(int depth) {
        var elements = new ArrayList<@Nullable Object>();
        at++;
        skipBlanks();
        if (taken(']')) {
            return elements;
        }
        do {
            elements.add(value(depth + 1));
            skipBlanks();
        } while (taken(','));
        take(']');
        return elements;
    }

    private String string() {
        take('"');
        var string = new StringBuilder();
        while (peek() != '"') {
            char next = text.charAt(at++);
            if (next < ' ') {
                throw broken("a control character in a string");
            }
            string.append(next == '\\' ? escaped() : next);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char kind = peek();
        at++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw broken("an unknown escape");
        };
    }

    private char codeUnit() {
        if (at + 4 > text.length()) {
            throw broken("an unfinished escape");
        }
        int unit = 0;
        for (int end = at + 4; at < end; at++) {
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0) {
                throw broken("a broken escape");
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw broken("no JSON value");
        }
        at += word.length();
        return value;
    }

    private BigDecimal number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return new BigDecimal(text.substring(from, at));
        } catch (NumberFormatException none) {
            throw broken("no JSON value");
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw broken("it ends too early");
        }
        return text.charAt(at);
    }

    private boolean taken(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    private void take(char expected) {
        if (!taken(expected)) {
            throw broken("expected '" + expected + "'");
        }
    }

    private IllegalArgumentException broken(String what) {
        return new IllegalArgumentException("no JSON at character " + at + ": " + what);
    }
}
