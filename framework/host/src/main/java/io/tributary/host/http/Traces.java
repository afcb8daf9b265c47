package io.tributary.host.http;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// W3C trace context, version 00.
final class Traces {

    private static final int LENGTH = 55;

    private Traces() {}

    /// What came, if it can be one, else a new one.
    static String of(@Nullable String given) {
        return given != null && valid(given) ? given : fresh();
    }

    /// The trace id within.
    static String id(String traceparent) {
        return traceparent.substring(3, 35);
    }

    private static String fresh() {
        var random = ThreadLocalRandom.current();
        var text = new StringBuilder(LENGTH).append("00-");
        hex(text, random.nextLong() | 1);
        hex(text, random.nextLong());
        text.append('-');
        hex(text, random.nextLong() | 1);
        return text.append("-01").toString();
    }

    private static void hex(StringBuilder text, long bits) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (bits >>> shift) & 0xF, 16));
        }
    }

    private static boolean valid(String text) {
        if (text.length() != LENGTH
                || !text.startsWith("00-")
                || text.charAt(35) != '-'
                || text.charAt(52) != '-') {
            return false;
        }
        return hexed(text, 3, 35) && hexed(text, 36, 52) && hexed(text, 53, 55);
    }

    private static boolean hexed(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
