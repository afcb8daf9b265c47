package io.tributary.social.telegram;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text into messages of at most 4096 UTF-16 units, at line ends and blanks where there are
/// some in the second half, and never within a character.
final class Pieces {

    static final int LONGEST = 4096;

    private Pieces() {}

    /// In order; joined they are the text.
    static List<String> of(String text) {
        var pieces = new ArrayList<String>();
        int begin = 0;
        while (text.length() - begin > LONGEST) {
            int end = cut(text, begin);
            pieces.add(text.substring(begin, end));
            begin = end;
        }
        pieces.add(text.substring(begin));
        return List.copyOf(pieces);
    }

    private static int cut(String text, int begin) {
        int end = begin + LONGEST;
        int middle = begin + LONGEST / 2;
        for (char mark : new char[] {'\n', ' '}) {
            int at = text.lastIndexOf(mark, end - 1);
            if (at >= middle) {
                return at + 1;
            }
        }
        return Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end)) ? end - 1 : end;
    }
}
