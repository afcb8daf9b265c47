package io.tributary.spi;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes `application/x-www-form-urlencoded` as browsers do: letters, digits and `*-._` stay, a
/// blank is `+`, all other bytes of the UTF-8 form are escaped.
final class FieldsWriter {

    private static final String DIGITS = "0123456789ABCDEF";

    private FieldsWriter() {}

    static String write(List<Fields.Field> fields) {
        var form = new StringBuilder();
        for (var field : fields) {
            if (!form.isEmpty()) {
                form.append('&');
            }
            append(form, field.name());
            form.append('=');
            append(form, field.value());
        }
        return form.toString();
    }

    private static void append(StringBuilder form, String text) {
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            if (stays(next)) {
                form.append((char) next);
            } else if (next == ' ') {
                form.append('+');
            } else {
                form.append('%')
                        .append(DIGITS.charAt(next >> 4 & 0xF))
                        .append(DIGITS.charAt(next & 0xF));
            }
        }
    }

    private static boolean stays(byte next) {
        return (next >= 'a' && next <= 'z')
                || (next >= 'A' && next <= 'Z')
                || (next >= '0' && next <= '9')
                || next == '*'
                || next == '-'
                || next == '.'
                || next == '_';
    }
}
