package io.tributary.host.artifacts;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// A version by the rules of semantic versioning 2.0: `1.10.0` is later than `1.9.0` and than
/// `1.10.0-rc1`; what follows a `+` says nothing about which is later.
///
/// @param numbers three of them
/// @param before the parts of what follows a `-`; empty: a release
public record SemanticVersion(List<Long> numbers, List<String> before)
        implements Comparable<SemanticVersion> {

    private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
    private static final String PART =
            "(?:0|[1-9][0-9]{0,8}|[0-9]{0,40}[A-Za-z-][0-9A-Za-z-]{0,40})";

    private static final Pattern SHAPE =
            Pattern.compile(
                    "%1$s\\.%1$s\\.%1$s(?:-(%2$s(?:\\.%2$s){0,9}))?(?:\\+[0-9A-Za-z.-]{1,60})?"
                            .formatted(NUMBER, PART));

    private static final Comparator<String> BY_PART =
            (one, other) -> {
                boolean number = isNumber(one);
                if (number != isNumber(other)) {
                    return number ? -1 : 1;
                }
                return number
                        ? Long.compare(Long.parseLong(one), Long.parseLong(other))
                        : one.compareTo(other);
            };

    /// Keeps copies.
    public SemanticVersion {
        numbers = List.copyOf(numbers);
        before = List.copyOf(before);
    }

    /// @throws IllegalArgumentException it is no semantic version
    public static SemanticVersion parse(String text) {
        var found = SHAPE.matcher(text.length() > 200 ? "" : text);
        if (!found.matches()) {
            throw new IllegalArgumentException("not a version such as 1.4.0");
        }
        String before = found.group(4);
        return new SemanticVersion(
                List.of(
                        Long.parseLong(found.group(1)),
                        Long.parseLong(found.group(2)),
                        Long.parseLong(found.group(3))),
                before == null ? List.of() : List.of(before.split("\\.", -1)));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < numbers.size(); i++) {
            int order = Long.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            return Boolean.compare(before.isEmpty(), other.before.isEmpty());
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
            int order = BY_PART.compare(before.get(i), other.before.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    private static boolean isNumber(String part) {
        return part.chars().allMatch(each -> each >= '0' && each <= '9');
    }
}
