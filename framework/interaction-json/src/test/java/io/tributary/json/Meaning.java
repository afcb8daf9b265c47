package io.tributary.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether one JSON value says everything that another says.
///
/// It may say more: defaults that were left out are written. It need not repeat what says nothing:
/// null, an empty list or object, and the few members whose default is left out again.
final class Meaning {

    private static final Map<String, Set<Tree>> DEFAULTS =
            Map.of(
                    "replayed", Set.of(new Tree.Flag(false)),
                    "possibleDuplicate", Set.of(new Tree.Flag(false)),
                    "bytes", Set.of(new Tree.Digits("0"), new Tree.Digits("-0")),
                    "part", Set.of(new Tree.Digits("0"), new Tree.Digits("-0")),
                    "fallbackText", Set.of(new Tree.Text("")));

    private Meaning() {}

    /// Where the second does not say what the first says; empty if it says everything.
    static List<String> lost(Tree original, Tree written) {
        var lost = new ArrayList<String>();
        compare("", original, written, lost);
        return lost;
    }

    private static void compare(String at, Tree original, Tree written, List<String> lost) {
        switch (original) {
            case Tree.Null _ -> {
                // Says nothing, so nothing can be lost.
            }
            case Tree.Members(var values) when written instanceof Tree.Members(var others) ->
                    members(at, values, others, lost);
            case Tree.Elements(var values)
                    when written instanceof Tree.Elements(var others)
                            && values.size() == others.size() -> {
                for (int i = 0; i < values.size(); i++) {
                    compare(at + "/" + i, values.get(i), others.get(i), lost);
                }
            }
            case Tree.Digits(var digits) when written instanceof Tree.Digits(var others) -> {
                if (!digits.equals(others) && !sameNumber(digits, others)) {
                    lost.add(at);
                }
            }
            case Tree.Text(var text) when written instanceof Tree.Text(var other) -> {
                if (!Characters.clean(text).equals(other)) {
                    lost.add(at);
                }
            }
            default -> {
                if (!original.equals(written)) {
                    lost.add(at);
                }
            }
        }
    }

    private static void members(
            String at, Map<String, Tree> values, Map<String, Tree> others, List<String> lost) {
        Characters.names(values)
                .forEach((name, value) -> {
                    if (!saysNothing(name, value)) {
                        Tree other = others.getOrDefault(name, Tree.NULL);
                        compare(at + "/" + name, value, other, lost);
                    }
                });
    }

    private static boolean saysNothing(String name, Tree value) {
        return switch (value) {
            case Tree.Null _ -> true;
            case Tree.Members(var values) -> values.isEmpty();
            case Tree.Elements(var values) -> values.isEmpty();
            case Tree.Text _, Tree.Digits _, Tree.Flag _ ->
                    DEFAULTS.getOrDefault(name, Set.of()).contains(value);
        };
    }

    private static boolean sameNumber(String left, String right) {
        try {
            return new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
