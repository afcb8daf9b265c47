package io.tributary.host.artifacts;

/// Texts out of a stranger's jar, as they may stand in a reason.
final class Words {

    private static final int LONGEST = 120;

    private Words() {}

    /// The text without what a terminal or a log would obey, and not too long.
    static String shown(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .forEach(each ->
                        shown.appendCodePoint(
                                Character.isISOControl(each) || each > 0xFFFF ? '?' : each));
        return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
    }
}
