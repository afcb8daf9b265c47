package io.tributary.twilio;

import io.tributary.model.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the little JSON that Twilio's API answers with: strictly (RFC 8259), at most 64 deep, each
/// member name once.
///
/// A library would be many times as large as the plugins that read by it. Objects become maps,
/// arrays lists, numbers doubles: Twilio's codes are small, and its counts are texts.
public final class JsonReader {

    private static final int DEEPEST = 64;

    /// It is no JSON.
    private static final class NotJson extends Exception {

        private static final long serialVersionUID = 1;

        NotJson() {
            super("not JSON", null, false, false);
        }
    }

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /// The members of an object; empty where it is none, or no JSON at all.
    public static Map<?, ?> object(Bytes body) {
        try {
            return new JsonReader(body.utf8()).whole() instanceof Map<?, ?> object
                    ? object
                    : Map.of();
        } catch (NotJson _) {
            return Map.of();
        }
    }

    /// Whether it is JSON.
    public static boolean isJson(String text) {
        try {
            new JsonReader(text).whole();
            return true;
        } catch (NotJson _) {
            return false;
        }
    }

    private @Nullable Object whole() throws NotJson {
        var value = value(0);
        if (at < text.length()) {
            throw new NotJson();
        }
        return value;
    }

    private @Nullable Object value(int depth) throws NotJson {
        if (depth > DEEPEST) {
            throw new NotJson();
        }
        skipBlanks();
        Object value =
                switch (peek()) {
                    case '{' -> object(depth);
                    case '[' -> array(depth);
                    case '"' -> string();
                    case 't' -> word("true", true);
                    case 'f' -> word("false", false);
                    case 'n' -> word("null", null);
                    default -> number();
                };
        skipBlanks();
        return value;
    }

    private Map<String, @Nullable Object> object(int depth) throws NotJson {
        var members = new LinkedHashMap<String, @Nullable Object>();
        at++;
        skipBlanks();
        if (took('}')) {
            return members;
        }
        do {
            skipBlanks();
            var name = string();
            skipBlanks();
            need(':');
            if (members.containsKey(name)) {
                throw new NotJson();
            }
            members.put(name, value(depth + 1));
        } while (took(','));
        need('}');
        return members;
    }

    private List<@Nullable Object> array(int depth) throws NotJson {
        var items = new ArrayList<@Nullable Object>();
        at++;
        skipBlanks();
        if (took(']')) {
            return items;
        }
        do {
            items.add(value(depth + 1));
        } while (took(','));
        need(']');
        return items;
    }

    private String string() throws NotJson {
        need('"');
        var string = new StringBuilder();
        while (true) {
            char next = next();
            if (next == '"') {
                return string.toString();
            }
            if (next < ' ') {
                throw new NotJson();
            }
            string.append(next == '\\' ? escaped() : next);
        }
    }

    private char escaped() throws NotJson {
        char next = next();
        return switch (next) {
            case '"', '\\', '/' -> next;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw new NotJson();
        };
    }

    private int hex() throws NotJson {
        char next = next();
        int digit = next < 0x80 ? Character.digit(next, 16) : -1;
        if (digit < 0) {
            throw new NotJson();
        }
        return digit;
    }

    private Double number() throws NotJson {
        int begin = at;
        took('-');
        if (!took('0')) {
            digits();
        }
        if (took('.')) {
            digits();
        }
        if (took('e') || took('E')) {
            if (!took('+')) {
                took('-');
            }
            digits();
        }
        return Double.valueOf(text.substring(begin, at));
    }

    private void digits() throws NotJson {
        int begin = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == begin) {
            throw new NotJson();
        }
    }

    private <T extends @Nullable Object> T word(String word, T value) throws NotJson {
        if (!text.startsWith(word, at)) {
            throw new NotJson();
        }
        at += word.length();
        return value;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /// The next character; NUL, which begins nothing in JSON, at the end.
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() throws NotJson {
        if (at == text.length()) {
            throw new NotJson();
        }
        return text.charAt(at++);
    }

    private boolean took(char wanted) {
        if (peek() != wanted || at == text.length()) {
            return false;
        }
        at++;
        return true;
    }

    private void need(char wanted) throws NotJson {
        if (!took(wanted)) {
            throw new NotJson();
        }
    }
}
