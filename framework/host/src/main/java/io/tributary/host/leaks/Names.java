package io.tributary.host.leaks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Finds the names of a way whose objects are known.
final class Names implements References.Sought {

    private final Steps way = new Steps();
    private final List<Long> order = new ArrayList<>();
    private final Map<Long, String> names = new HashMap<>();

    Names(long root, long target, Steps steps) {
        for (long at = root; at != target; at = steps.to(at)) {
            way.add(at, steps.to(at), 1);
            order.add(at);
        }
    }

    @Override
    public boolean seeks(long from, long to) {
        return way.level(from) != 0 && way.to(from) == to && !names.containsKey(from);
    }

    @Override
    public void found(long from, long to, Supplier<String> how) {
        names.put(from, how.get());
    }

    /// How each refers to the next, without the last one, which is the target.
    List<String> inOrder() {
        return order.stream().map(each -> names.getOrDefault(each, "?")).toList();
    }
}
