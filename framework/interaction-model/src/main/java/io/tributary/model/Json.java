package io.tributary.model;

/// A JSON value as text, so that no JSON library is part of a plugin's contract.
///
/// The text is not parsed here. Whoever stores or sends it checks that it is well formed and
/// refuses it if not. Two are equal when their texts are: `{"a":1}` and `{ "a": 1 }` are not.
///
/// @param text one JSON value of any kind (RFC 8259)
public record Json(String text) {

    /// An object without members.
    public static final Json OBJECT = new Json("{}");

    /// True.
    public static final Json TRUE = new Json("true");

    /// False.
    public static final Json FALSE = new Json("false");

    private static final String HEX = "0123456789abcdef";

    /// Refuses null and blank text.
    public Json {
        Check.that(!Check.given(text, "the JSON text").isBlank(), "JSON text must not be blank");
    }

    /// The text, taken as it is: it must be JSON already.
    public static Json of(String text) {
        return new Json(text);
    }

    /// A whole number.
    public static Json number(long value) {
        return new Json(Long.toString(value));
    }

    /// True or false.
    public static Json bool(boolean value) {
        return value ? TRUE : FALSE;
    }

    /// A string, quoted and escaped.
    public static Json string(String value) {
        var quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || (Character.isSurrogate(c) && !inPair(value, i))) {
                escape(quoted, c);
            } else {
                quoted.append(c);
            }
        }
        return new Json(quoted.append('"').toString());
    }

    /// How long the text is, never the text: it may be what a customer said.
    @Override
    public String toString() {
        return "Json[" + text.length() + " characters]";
    }

    private static boolean inPair(String value, int index) {
        return Character.isHighSurrogate(value.charAt(index))
                ? index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
    }

    private static void escape(StringBuilder to, char c) {
        to.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            to.append(HEX.charAt((c >> shift) & 0xF));
        }
    }
}
