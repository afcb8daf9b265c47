package io.tributary.host.outbound;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What of an interaction is not carried as it is, while it is found out.
final class Degrading {

    private final Map<Adaptation, Set<Integer>> parts = new EnumMap<>(Adaptation.class);
    private final List<List<Integer>> cut = new ArrayList<>();
    private final Map<Integer, Content> sent = new TreeMap<>();

    void add(int number, Adapted adapted) {
        for (var adaptation : adapted.adaptations()) {
            parts.computeIfAbsent(adaptation, _ -> new TreeSet<>()).add(number);
        }
        if (!adapted.sent().equals(adapted.kept())) {
            sent.put(number, adapted.sent());
        }
    }

    /// @param numbers of the parts that were one
    void cut(List<Integer> numbers) {
        cut.add(numbers);
    }

    /// @param numbered which can be answered by a number, that of number 1 first
    Degraded made(List<Choice> numbered) {
        return new Degraded(parts, cut, sent, numbered);
    }
}
