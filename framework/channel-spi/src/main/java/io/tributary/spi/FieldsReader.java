package io.tributary.spi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Splits and decodes a form in one pass over bytes of its own.
///
/// Every webhook of many providers comes through here: decoding happens in place (the decoded bytes
/// are never longer than the encoded), and plain ASCII becomes a string without a decoder.
final class FieldsReader {

    /// More fields than any provider sends; a body full of `&` must not become a million objects.
    private static final int MOST_FIELDS = 10_000;

    private final byte[] bytes;
    private final List<Fields.Field> fields = new ArrayList<>();
    private int read;

    /// Reads these bytes.
    ///
    /// @param bytes the caller's no longer: they are overwritten
    FieldsReader(byte[] bytes) {
        this.bytes = bytes;
    }

    Fields read() {
        while (read < bytes.length) {
            if (bytes[read] == '&') {
                read++;
            } else {
                readField();
            }
        }
        return new Fields(fields);
    }

    private void readField() {
        if (fields.size() == MOST_FIELDS) {
            throw new Malformed("more than " + MOST_FIELDS + " fields");
        }
        var name = readUntil(true);
        var value = "";
        if (read < bytes.length && bytes[read] == '=') {
            read++;
            value = readUntil(false);
        }
        fields.add(new Fields.Field(name, value));
    }

    /// Decodes up to the next `&`, for a name also up to `=`, or to the end, and stops before it.
    ///
    /// Most names and values have nothing to decode: those are only looked over and copied once.
    private String readUntil(boolean name) {
        int from = read;
        int nonAscii = 0;
        int at = from;
        for (; at < bytes.length; at++) {
            byte next = bytes[at];
            if (next <= '='
                    && (next == '&' || next == '%' || next == '+' || (name && next == '='))) {
                break;
            }
            nonAscii |= next;
        }
        read = at;
        if (at < bytes.length && (bytes[at] == '%' || bytes[at] == '+')) {
            return decodeUntil(name, from, nonAscii);
        }
        return text(from, at, nonAscii);
    }

    /// Goes on where the first escape or `+` stands.
    private String decodeUntil(boolean name, int from, int seen) {
        int write = read;
        int nonAscii = seen;
        while (read < bytes.length) {
            byte next = bytes[read];
            if (next == '&' || (name && next == '=')) {
                break;
            }
            if (next == '%') {
                next = escape();
            } else {
                read++;
                if (next == '+') {
                    next = ' ';
                }
            }
            nonAscii |= next;
            bytes[write++] = next;
        }
        return text(from, write, nonAscii);
    }

    /// The bytes as text; plain ASCII needs no decoder.
    ///
    /// @param nonAscii has the sign bit as soon as one byte was outside ASCII
    private String text(int from, int to, int nonAscii) {
        var charset = nonAscii < 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new String(bytes, from, to - from, charset);
    }

    private byte escape() {
        int high = read + 1 < bytes.length ? Character.digit(bytes[read + 1], 16) : -1;
        int low = read + 2 < bytes.length ? Character.digit(bytes[read + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new Malformed("broken percent escape at byte " + read);
        }
        read += 3;
        return (byte) (high << 4 | low);
    }
}
