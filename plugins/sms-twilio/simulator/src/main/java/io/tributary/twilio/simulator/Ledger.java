package io.tributary.twilio.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Every message that was really taken, oldest first. Thread safe.
///
/// Whoever watches hears of each change under the ledger's lock, so in order, and must not block.
final class Ledger {

    private final InstantSource clock;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final List<Consumer<Message>> watchers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    Ledger(InstantSource clock) {
        this.clock = clock;
    }

    void add(Message message) {
        lock.lock();
        try {
            messages.put(message.sid(), message);
            tell(message);
        } finally {
            lock.unlock();
        }
    }

    /// Moves a message to a status if that is further than where it stands.
    void advance(String sid, Status status, @Nullable Integer errorCode) {
        change(
                sid,
                (message, now) ->
                        status.compareTo(message.status()) > 0
                                ? message.status(status, errorCode, now)
                                : message);
    }

    void change(String sid, BiFunction<Message, Instant, Message> change) {
        lock.lock();
        try {
            var message = messages.get(sid);
            if (message != null) {
                var changed = change.apply(message, clock.instant());
                messages.put(sid, changed);
                tell(changed);
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable Message find(String sid) {
        lock.lock();
        try {
            return messages.get(sid);
        } finally {
            lock.unlock();
        }
    }

    List<Message> all(Predicate<Message> wanted) {
        lock.lock();
        try {
            return messages.values().stream().filter(wanted).toList();
        } finally {
            lock.unlock();
        }
    }

    /// Hands over all that is there and then every change, with nothing between them lost or told
    /// twice.
    ///
    /// @return ends it
    Runnable watch(Consumer<Message> watcher) {
        lock.lock();
        try {
            new ArrayList<>(messages.values()).forEach(watcher);
            watchers.add(watcher);
        } finally {
            lock.unlock();
        }
        return () -> watchers.remove(watcher);
    }

    private void tell(Message message) {
        watchers.forEach(watcher -> watcher.accept(message));
    }
}
