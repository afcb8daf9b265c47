package io.tributary.host.artifacts;

/// Texts out of a stranger's jar, as they may stand in a reason.
final class Words {

    private static final int LONGEST = 120;

    private Words() {}

    /// The text without what a terminal or a log would obey, and not too long.
    static String shown(String text) {
        return shown(text, LONGEST);
    }

    /// The same, cut after so many characters.
    static String shown(String text, int longest) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .forEach(each -> shown.appendCodePoint(isPlain(each) ? each : '?'));
        return text.codePointCount(0, text.length()) > longest ? shown + "…" : shown.toString();
    }

    /// No control characters, none that change the direction or look of others.
    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
