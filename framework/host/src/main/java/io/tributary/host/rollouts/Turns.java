package io.tributary.host.rollouts;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// One change of a plugin after the other; those of different plugins go side by side, so that a
/// version that is tried for minutes keeps no other from being taken back.
final class Turns {

    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /// A change of one plugin.
    @FunctionalInterface
    interface Change<T, E extends Exception> {
        T make() throws E, InterruptedException;
    }

    /// What there is still to do as a member leaves.
    @FunctionalInterface
    interface Leaving {
        void make() throws InterruptedException;
    }

    <T, E extends Exception> T of(String plugin, Change<T, E> change)
            throws E, InterruptedException {
        var lock = lock(plugin);
        lock.lockInterruptibly();
        try {
            return change.make();
        } finally {
            lock.unlock();
        }
    }

    /// @return false: somebody else had the turn for all that time
    boolean within(long seconds, String plugin, Leaving change) throws InterruptedException {
        var lock = lock(plugin);
        if (!lock.tryLock(seconds, TimeUnit.SECONDS)) {
            return false;
        }
        try {
            change.make();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Plugins that somebody is changing right now.
    Set<String> taken() {
        return locks.entrySet().stream()
                .filter(each -> each.getValue().isLocked())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private ReentrantLock lock(String plugin) {
        return locks.computeIfAbsent(plugin, _ -> new ReentrantLock());
    }
}
