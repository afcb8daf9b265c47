package io.tributary.meta.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who wrote when, and what was taken. Thread safe.
final class Ledger {

    private static final Duration WINDOW = Duration.ofHours(24);

    /// 45 at once, and then one in six seconds.
    private static final int PAIR = 45;

    private static final Duration PAIR_TIME = Duration.ofSeconds(6L * PAIR);

    private final Map<String, Instant> lastWord = new HashMap<>();
    private final Map<String, ArrayDeque<Instant>> sentTo = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private final List<Taken> taken = new ArrayList<>();
    private int ids;

    synchronized String nextId() {
        return "wamid.HBgLSIMULATED%06d".formatted(++ids);
    }

    synchronized void wrote(String waId, Instant at) {
        lastWord.put(waId, at);
    }

    synchronized boolean isOpen(String waId, Instant now) {
        var last = lastWord.get(waId);
        return last != null && now.isBefore(last.plus(WINDOW));
    }

    synchronized void leaves(String waId) {
        away.add(waId);
    }

    synchronized boolean isAway(String waId) {
        return away.contains(waId);
    }

    /// Whether the pair may have one more now; then it has.
    synchronized boolean mayTake(String waId, Instant now) {
        var times = sentTo.computeIfAbsent(waId, _ -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().isAfter(now.minus(PAIR_TIME))) {
            times.removeFirst();
        }
        if (times.size() >= PAIR) {
            return false;
        }
        times.addLast(now);
        return true;
    }

    synchronized void take(Taken message) {
        taken.add(message);
    }

    synchronized List<Taken> taken() {
        return List.copyOf(taken);
    }

    synchronized void markRead(String id) {
        read.add(id);
    }

    synchronized Set<String> read() {
        return Set.copyOf(read);
    }

    synchronized @Nullable Taken find(String id) {
        return taken.stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
    }
}
