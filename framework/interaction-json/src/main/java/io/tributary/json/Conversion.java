package io.tributary.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes a Java value of a JSON value. If it cannot, it notes a problem with the object and returns
/// something harmless.
interface Conversion<T> {

    /// The most digits that anything measured or paid has.
    int LONGEST_NUMBER = 100;

    T of(Members members, String at, Tree tree);

    static String text(Members members, String at, Tree tree) {
        return tree instanceof Tree.Text(var text)
                ? text
                : members.wrong(at, "must be a string", "");
    }

    static boolean flag(Members members, String at, Tree tree) {
        return tree instanceof Tree.Flag(var flag)
                ? flag
                : members.wrong(at, "must be true or false", false);
    }

    static BigDecimal decimal(Members members, String at, Tree tree) {
        var number = sensible(tree);
        return number == null
                ? members.wrong(at, "must be a number of at most 100 digits", BigDecimal.ZERO)
                : number;
    }

    /// A measured value, as near as a double comes to it.
    static double real(Members members, String at, Tree tree) {
        if (tree instanceof Tree.Digits(var digits)) {
            double value = Double.parseDouble(digits);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        return members.wrong(at, "must be a number", 0.0);
    }

    static Conversion<Long> whole(long least, long most) {
        return (members, at, tree) -> {
            var number = sensible(tree);
            return number != null
                            && number.stripTrailingZeros().scale() <= 0
                            && number.compareTo(BigDecimal.valueOf(least)) >= 0
                            && number.compareTo(BigDecimal.valueOf(most)) <= 0
                    ? number.longValueExact()
                    : members.wrong(
                            at, "must be a whole number from " + least + " to " + most, least);
        };
    }

    static Instant instant(Members members, String at, Tree tree) {
        try {
            if (tree instanceof Tree.Text(var text)) {
                return Instants.parse(text);
            }
        } catch (DateTimeException _) {
            // The message would quote the text.
        }
        return members.wrong(at, "must be a moment such as 2026-11-22T10:00:00Z", Instant.EPOCH);
    }

    static Duration duration(Members members, String at, Tree tree) {
        try {
            if (tree instanceof Tree.Text(var text)) {
                return Duration.parse(text);
            }
        } catch (DateTimeException | ArithmeticException _) {
            // The message would quote the text.
        }
        return members.wrong(at, "must be a duration such as PT1M30S", Duration.ZERO);
    }

    static Locale locale(Members members, String at, Tree tree) {
        if (tree instanceof Tree.Text(var tag)) {
            var locale = Locale.forLanguageTag(tag);
            // What Java does not know it leaves out of the tag.
            if (locale.toLanguageTag().equals(tag)) {
                return locale;
            }
        }
        return members.wrong(at, "must be a language tag such as de-AT", Locale.ROOT);
    }

    static <T> Conversion<T> parsed(T harmless, Function<String, T> parser) {
        return (members, at, tree) -> {
            if (!(tree instanceof Tree.Text(var text))) {
                return members.wrong(at, "must be a string", harmless);
            }
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException refused) {
                return members.wrong(at, String.valueOf(refused.getMessage()), harmless);
            }
        };
    }

    /// `1e999999999` is short, but whoever prints it plainly writes a gigabyte.
    private static @Nullable BigDecimal sensible(Tree tree) {
        if (tree instanceof Tree.Digits(var digits) && digits.length() <= LONGEST_NUMBER) {
            try {
                var number = new BigDecimal(digits);
                return Math.abs((long) number.scale()) <= LONGEST_NUMBER ? number : null;
            } catch (NumberFormatException _) {
                // An exponent that no int holds.
                return null;
            }
        }
        return null;
    }
}
