package io.tributary.host.journal;

/// Texts as PostgreSQL can keep them: a zero byte cannot stand there, nor half of a surrogate pair.
/// Providers send both. Each such character is written as U+FFFF, which no text should hold, and
/// four hexadecimal digits; U+FFFF itself as well.
final class PlainText {

    private static final char MARK = '\uFFFF';
    private static final int DIGITS = 4;
    private static final int HEXADECIMAL = 16;

    private PlainText() {}

    static String escape(String text) {
        int first = firstUnfit(text);
        if (first == text.length()) {
            return text;
        }
        var fit = new StringBuilder(text.length() + DIGITS * 2).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            if (fits(text, i)) {
                fit.append(text.charAt(i));
            } else {
                fit.append(MARK).append("%04x".formatted((int) text.charAt(i)));
            }
        }
        return fit.toString();
    }

    static String unescape(String text) {
        int mark = text.indexOf(MARK);
        if (mark < 0) {
            return text;
        }
        var original = new StringBuilder(text.length());
        int done = 0;
        while (mark >= 0) {
            int end = mark + 1 + DIGITS;
            if (end > text.length()) {
                throw new IllegalArgumentException("a text that no writer of ours has written");
            }
            original.append(text, done, mark);
            original.append((char) Integer.parseInt(text, mark + 1, end, HEXADECIMAL));
            done = end;
            mark = text.indexOf(MARK, done);
        }
        return original.append(text, done, text.length()).toString();
    }

    private static int firstUnfit(String text) {
        int i = 0;
        while (i < text.length() && fits(text, i)) {
            i++;
        }
        return i;
    }

    private static boolean fits(String text, int index) {
        char it = text.charAt(index);
        if (Character.isHighSurrogate(it)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(it)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return it != 0 && it != MARK;
    }
}
