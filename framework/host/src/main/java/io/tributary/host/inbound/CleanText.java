package io.tributary.host.inbound;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Takes out of texts what no store and no reader can be trusted with: U+0000 and halves of
/// surrogate pairs become U+FFFD.
///
/// Every method returns the very object it was given when there is nothing to replace, which is
/// nearly always.
final class CleanText {

    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    static String of(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return fromFirstDoubt(text, i);
            }
        }
        return text;
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }

    @SuppressWarnings("ReferenceEquality") // the same object: nothing was cleaned
    static <T> List<T> each(List<T> values, UnaryOperator<T> clean) {
        for (int i = 0; i < values.size(); i++) {
            T value = values.get(i);
            if (clean.apply(value) != value) {
                return values.stream().map(clean).toList();
            }
        }
        return values;
    }

    private static String fromFirstDoubt(String text, int from) {
        StringBuilder cleaned = null;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                if (cleaned == null) {
                    cleaned = new StringBuilder(text);
                }
                cleaned.setCharAt(i, REPLACEMENT);
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }
}
