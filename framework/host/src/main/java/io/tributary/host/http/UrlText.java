package io.tributary.host.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads percent-encoded text strictly: what is not well-formed UTF-8, or holds a NUL, is refused.
final class UrlText {

    private static final int MOST_PARAMETERS = 200;

    private UrlText() {}

    /// One segment of a path.
    ///
    /// @throws Problem it cannot be read
    static String segment(String raw) {
        return decode(raw, false, "path");
    }

    /// The parameters of a query; repeated ones in order.
    ///
    /// @throws Problem it cannot be read
    static Map<String, List<String>> query(String raw) {
        if (raw.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int count = 0;
        for (int from = 0; from <= raw.length(); ) {
            int end = raw.indexOf('&', from);
            String pair = raw.substring(from, end < 0 ? raw.length() : end);
            if (!pair.isEmpty()) {
                if (++count > MOST_PARAMETERS) {
                    throw new Problem(
                            ProblemType.MALFORMED,
                            "the query has more than " + MOST_PARAMETERS + " parameters");
                }
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters
                        .computeIfAbsent(decode(name, true, "query"), _ -> new ArrayList<>(1))
                        .add(decode(value, true, "query"));
            }
            if (end < 0) {
                break;
            }
            from = end + 1;
        }
        return parameters;
    }

    private static String decode(String raw, boolean plusIsSpace, String where) {
        if (raw.indexOf('%') < 0 && (!plusIsSpace || raw.indexOf('+') < 0)) {
            return raw;
        }
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 <= raw.length() - 1 ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 <= raw.length() - 1 ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new Problem(
                            ProblemType.MALFORMED, "the " + where + " has a broken percent escape");
                }
                bytes[length++] = (byte) ((high << 4) | low);
                i += 2;
            } else if (c > 0x7F) {
                throw new Problem(
                        ProblemType.MALFORMED,
                        "the " + where + " has a character that must be escaped");
            } else {
                bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        return text(bytes, length, where);
    }

    private static String text(byte[] bytes, int length, String where) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString();
            if (text.indexOf('\0') >= 0) {
                throw new Problem(ProblemType.MALFORMED, "the " + where + " holds a NUL");
            }
            return text;
        } catch (CharacterCodingException _) {
            throw new Problem(ProblemType.MALFORMED, "the " + where + " is not UTF-8");
        }
    }
}
