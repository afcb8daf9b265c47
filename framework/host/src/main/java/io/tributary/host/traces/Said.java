package io.tributary.host.traces;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The words that were said to a provider, or are somebody's: none of them is repeated in a trace,
/// however it comes back.
///
/// Words that everybody uses tell nothing, and are what errors consist of.
final class Said {

    /// More than a request whose body is looked at can have of some length.
    private static final int MOST = 4_000;

    /// What a part of a word still tells.
    private static final int TELLING = 3;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final Set<String> COMMON =
            Set.of(
                    ("a about access account after all allowed already an and any api app are as at"
                                    + " bad be because been before body but by call can cannot channel chat"
                                    + " code contact content could data date does error exceeded exist exists"
                                    + " expired failed field file for format forbidden found from has have id"
                                    + " in internal invalid is it its json key later length limit long longer"
                                    + " many media message messages method missing must name no not number of"
                                    + " on only or out param parameter permission phone please policy rate"
                                    + " reached read recipient recipients request requests required response"
                                    + " send sender sent server service should some status text than that the"
                                    + " there this time timeout to token too try type unable unauthorized"
                                    + " unknown unsupported url user valid value version was were with you"
                                    + " your")
                            .split(" ", -1));

    private final Set<String> words = new HashSet<>();

    /// The same, parted by line ends: to find parts of them at once.
    private final StringBuilder lines = new StringBuilder();

    private boolean whole = true;

    /// All words of a text.
    Said add(String text) {
        for (String word : words(text)) {
            if (words.size() >= MOST) {
                whole = false;
                return this;
            }
            if (words.add(word)) {
                lines.append(word).append('\n');
            }
        }
        return this;
    }

    /// More was said than can be looked at.
    void more() {
        whole = false;
    }

    /// Whether all that was said is known.
    boolean isWhole() {
        return whole;
    }

    /// Whether a text repeats any of it, in whole words or in parts of them.
    boolean repeats(String text) {
        for (String word : words(text)) {
            if (!COMMON.contains(word) && (words.contains(word) || partly(word))) {
                return true;
            }
        }
        return false;
    }

    private boolean partly(String word) {
        if (word.length() < TELLING) {
            return false;
        }
        return lines.indexOf(word) >= 0 || holdsOne(word);
    }

    private boolean holdsOne(String word) {
        for (int from = 0; from < word.length() - TELLING; from++) {
            for (int to = from + TELLING + 1; to <= word.length(); to++) {
                String part = word.substring(from, to);
                if (words.contains(part) && !COMMON.contains(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// What is neither letter nor digit parts words, and so does the middle of `camelCase`: names
    /// of fields are made so. Accents do not count: who repeats a name may leave them out.
    private static List<String> words(String text) {
        String plain = isAscii(text) ? text : unaccented(text);
        List<String> words = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < plain.length(); i++) {
            if (!Character.isLetterOrDigit(plain.charAt(i))) {
                add(plain, begin, i, words);
                begin = i + 1;
            } else if (i > begin && isMiddle(plain.charAt(i - 1), plain.charAt(i))) {
                add(plain, begin, i, words);
                begin = i;
            }
        }
        add(plain, begin, plain.length(), words);
        return words;
    }

    private static void add(String text, int begin, int end, List<String> words) {
        if (begin < end) {
            words.add(text.substring(begin, end).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isMiddle(char before, char after) {
        return Character.isLowerCase(before) && Character.isUpperCase(after);
    }

    /// Nearly all names are; the rest costs more.
    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private static String unaccented(String text) {
        String parts = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return MARKS.matcher(parts).replaceAll("");
    }
}
