package io.tributary.host.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a provider says about an error, without what it repeats: quotations, addresses, numbers of
/// some length, and every word that was said to it.
final class ErrorText {

    private static final int LONGEST = 300;
    private static final int LONGEST_WORD = 24;

    /// What is opened and not closed is quoted to the end.
    private static final Pattern QUOTED =
            Pattern.compile(
                    "\"[^\"]*(\"|$)|`[^`]*(`|$)|(?<![\\p{L}\\p{N}])'[^']*('|$)|<[^>]*(>|$)"
                            + "|«[^»]*(»|$)|[“„][^”“]*([”“]|$)|\\{[^}]*(}|$)|\\[[^]]*(]|$)");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z'’,.;:!?()/_-]+");
    private static final Pattern NUMBER = Pattern.compile("\\(?#?([0-9]{1,7})\\)?[,.;:!?]?");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    private ErrorText() {}

    static String of(String text, Said said) {
        if (!said.isWhole()) {
            return Names.MASK;
        }
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String[] words = QUOTED.matcher(cut).replaceAll(Names.MASK).strip().split("\\s+", -1);
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            boolean alone =
                    !hasDigit(i == 0 ? "" : words[i - 1])
                            && !hasDigit(i + 1 == words.length ? "" : words[i + 1]);
            String word = tells(words[i], alone, said) ? Names.MASK : words[i];
            if (!word.equals(Names.MASK)
                    || shown.isEmpty()
                    || !shown.getLast().equals(Names.MASK)) {
                shown.add(word);
            }
        }
        return String.join(" ", shown);
    }

    /// @param alone no digits stand beside it: parts of a number are no numbers
    private static boolean tells(String word, boolean alone, Said said) {
        if (word.length() > LONGEST_WORD || word.equals(Names.MASK) || said.repeats(word)) {
            return true;
        }
        if (NUMBER.matcher(word).matches()) {
            return !alone;
        }
        return !PLAIN.matcher(word).matches() || word.contains("//");
    }

    private static boolean hasDigit(String word) {
        return DIGIT.matcher(word).find();
    }
}
