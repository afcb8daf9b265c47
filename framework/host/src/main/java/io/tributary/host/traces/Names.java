package io.tributary.host.traces;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Tells what names something, which a trace shows, from what is a value, which it does not: parts
/// of a path, names of fields and headers, codes of errors.
final class Names {

    static final String MASK = "*";

    private static final Pattern FIELD = Pattern.compile("[A-Za-z_$][A-Za-z0-9_.$:\\[\\]-]{0,47}");
    private static final Pattern HEADER = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_-]{0,31}(\\.(json|xml))?");
    private static final Pattern VERSION =
            Pattern.compile(
                    "v[0-9]{1,3}(\\.[0-9]{1,3})?|[0-9]{1,2}\\.[0-9]{1,2}|20[0-9]{2}-[0-9]{2}-[0-9]{2}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]{1,64}");
    private static final Pattern CODE = Pattern.compile("[0-9]{1,7}");

    /// No word has so many consonants in a row; what was made by chance does.
    private static final Pattern UNSPOKEN =
            Pattern.compile("[b-df-hj-np-tv-xz]{5}|[B-DF-HJ-NP-TV-XZ]{5}");

    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");
    private static final int MOST_NUMBERS = 2;
    private static final int MOST_DIGITS = 5;
    private static final int LARGEST_CODE = 9_999_999;

    /// So many parts of a path say what is asked for rather than whom it is about.
    private static final int BEGINNING = 2;

    private final Said said;
    private final UnaryOperator<String> redact;

    /// @param said what names may not repeat
    /// @param redact blanks known secrets out
    Names(Said said, UnaryOperator<String> redact) {
        this.said = said;
        this.redact = redact;
    }

    /// A path without its query: what is no plain word and no version becomes `*`.
    String path(String raw) {
        return path(raw, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /// The same where nobody knows whom it is about, so that any word may be somebody's name: of
    /// its beginning the versions and one word.
    String pathOfAnybody(String raw) {
        return path(raw, BEGINNING, 1);
    }

    /// @param parts how many of them, from the first on, are looked at
    /// @param words how many are shown
    private String path(String raw, int parts, int words) {
        var path = new StringBuilder();
        int part = 0;
        int word = 0;
        String[] segments = raw.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            path.append(i == 0 ? "" : "/");
            if (segments[i].isEmpty()) {
                continue;
            }
            boolean version = VERSION.matcher(segments[i]).matches();
            boolean looked = part++ < parts && (version || (isWord(segments[i]) && word++ < words));
            path.append(looked ? shown(segments[i]) : MASK);
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static boolean isWord(String segment) {
        return WORD.matcher(segment).matches() && isMade(segment);
    }

    /// Whether somebody made it up as a name: few digits, letters that can be spoken and whose case
    /// changes seldom. What was made by chance is none.
    private static boolean isMade(String text) {
        if (UNSPOKEN.matcher(text).find()
                || NUMBERS.matcher(text).results().count() > MOST_NUMBERS
                || text.chars().filter(Names::isDigit).count() > MOST_DIGITS) {
            return false;
        }
        int changes = 0;
        for (int i = 1; i < text.length(); i++) {
            boolean upper = Character.isUpperCase(text.charAt(i));
            changes += upper == Character.isUpperCase(text.charAt(i - 1)) ? 0 : 1;
        }
        return 3 * changes <= text.length() + 3;
    }

    /// The name of a field.
    String field(String name) {
        return FIELD.matcher(name).matches() && isMade(name) ? shown(name) : MASK;
    }

    String header(String name) {
        return HEADER.matcher(name).matches() && isMade(name) ? shown(name) : MASK;
    }

    /// Empty: that is none.
    String mediaType(String type) {
        return MEDIA_TYPE.matcher(type).matches() ? shown(type) : "";
    }

    /// The code of an error, in words or digits that are none of those.
    String code(String code, Said others) {
        if (CODE.matcher(code).matches()) {
            // as it is written, too: zeros before a number are not in its value
            return isCode(Long.parseLong(code), others) && !others.repeats(code) ? code : MASK;
        }
        String name = field(code);
        return name.equals(MASK) || others.repeats(name) ? MASK : name;
    }

    /// Whether a number is a code, and none of those.
    static boolean isCode(long number, Said others) {
        return Math.abs(number) <= LARGEST_CODE && !others.repeats(Long.toString(Math.abs(number)));
    }

    /// Without known secrets.
    String clean(String text) {
        return redact.apply(text);
    }

    private String shown(String name) {
        return said.isWhole() && !said.repeats(name) ? clean(name) : MASK;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
