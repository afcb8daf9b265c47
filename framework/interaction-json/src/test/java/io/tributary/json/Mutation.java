package io.tributary.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/// Changes a JSON value as a newer build might have: somewhere there is a member more, or a value
/// is another.
final class Mutation {

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    /// The value with one more member in one of its objects, at any depth.
    Tree withMember(Tree tree, String name, Tree value) {
        if (tree instanceof Tree.Members(var values)) {
            var inner = values.entrySet().stream().filter(it -> hasObject(it.getValue())).toList();
            var changed = new LinkedHashMap<>(values);
            if (inner.isEmpty() || random.nextInt(3) == 0) {
                changed.putIfAbsent(name, value);
            } else {
                var chosen = inner.get(random.nextInt(inner.size()));
                changed.put(chosen.getKey(), withMember(chosen.getValue(), name, value));
            }
            return new Tree.Members(changed);
        }
        if (tree instanceof Tree.Elements(var values)) {
            var changed = new ArrayList<>(values);
            int index = random.nextInt(changed.size());
            changed.set(index, withMember(changed.get(index), name, value));
            return new Tree.Elements(changed);
        }
        return tree;
    }

    /// The value with another value in place of one of its members or elements, at any depth.
    Tree withValue(Tree tree, Tree value) {
        if (tree instanceof Tree.Members(var values)
                && !values.isEmpty()
                && random.nextInt(4) > 0) {
            var changed = new LinkedHashMap<>(values);
            var name = List.copyOf(values.keySet()).get(random.nextInt(values.size()));
            changed.compute(name, (_, old) -> old == null ? value : withValue(old, value));
            return new Tree.Members(changed);
        }
        if (tree instanceof Tree.Elements(var values)
                && !values.isEmpty()
                && random.nextInt(4) > 0) {
            var changed = new ArrayList<>(values);
            int index = random.nextInt(changed.size());
            changed.set(index, withValue(changed.get(index), value));
            return new Tree.Elements(changed);
        }
        return value;
    }

    private static boolean hasObject(Tree tree) {
        return switch (tree) {
            case Tree.Members _ -> true;
            case Tree.Elements(var values) ->
                    !values.isEmpty() && values.stream().allMatch(Mutation::hasObject);
            case Tree.Text _, Tree.Digits _, Tree.Flag _, Tree.Null _ -> false;
        };
    }
}
