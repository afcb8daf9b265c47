package io.tributary.host.accounts;

import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.spi.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which accounts there are right now. Finding is one look-up; a replaced account is closed beside.
final class AccountRegistry implements OpenAccounts {

    private static final Found UNKNOWN = new Found.Unknown();

    /// Longer than any call may run: after that, calls have ended or were given up.
    private static final Duration DRAIN = Duration.ofSeconds(62);

    private final Map<AccountId, AccountEntry> entries = new ConcurrentHashMap<>();
    private final List<Consumer<AccountId>> listeners = new CopyOnWriteArrayList<>();

    private volatile boolean closed;

    /// Replaced and removed accounts whose last calls have not ended yet, and who closes them.
    private final Map<ServingAccount, Thread> retiring = new ConcurrentHashMap<>();

    @Override
    public Found find(AccountId id) {
        var entry = entries.get(id);
        return entry == null ? UNKNOWN : entry.found();
    }

    @Override
    public Collection<OpenAccount> all() {
        var open = new ArrayList<OpenAccount>();
        for (var entry : entries.values()) {
            if (entry.found() instanceof Found.Open(OpenAccount account)) {
                open.add(account);
            }
        }
        return open;
    }

    @Nullable AccountEntry entry(AccountId id) {
        return entries.get(id);
    }

    /// All, ordered by id.
    List<AccountEntry> entries() {
        return entries.values().stream()
                .sorted(Comparator.comparing(entry -> entry.id().value()))
                .toList();
    }

    /// Puts the entry in the place of the one before, which then is closed after its last call.
    void put(AccountEntry entry) {
        var before = entries.put(entry.id(), entry);
        tell(entry.id());
        retire(before);
        if (closed) {
            // it was being opened when all were closed
            remove(entry.id());
        }
    }

    void remove(AccountId id) {
        var before = entries.remove(id);
        tell(id);
        retire(before);
    }

    void whenChanged(Consumer<AccountId> listener) {
        listeners.add(listener);
    }

    void committed(List<Row> rows) {
        for (var row : rows) {
            var conversation = row.conversation();
            if (conversation != null && find(row.account()) instanceof Found.Open(var account)) {
                account.touched(conversation);
            }
        }
    }

    /// Closes all, side by side, and waits for it, also for those that were replaced just before.
    void close(Duration limit) {
        closed = true;
        var closing = new ArrayList<Thread>();
        retiring.forEach((serving, thread) -> {
            serving.hurry(limit);
            closing.add(thread);
        });
        for (var entry : entries()) {
            var serving = entry.serving();
            entries.remove(entry.id());
            tell(entry.id());
            if (serving != null) {
                closing.add(started("close " + entry.id(), () -> serving.close(limit, false)));
            }
        }
        for (var each : closing) {
            try {
                each.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// The accounts that live on this very object.
    List<AccountId> livingOn(Channel channel) {
        return entries().stream()
                .filter(entry -> {
                    var serving = entry.serving();
                    return serving != null && serving.livesOn(channel);
                })
                .map(AccountEntry::id)
                .toList();
    }

    /// Waits until no account lives on the channel any more.
    ///
    /// @return false when one still does after `limit`
    boolean awaitLeft(Channel channel, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (var each : retiring.entrySet()) {
            if (each.getKey().livesOn(channel)) {
                long left = until - System.nanoTime();
                if (left <= 0 || !each.getValue().join(Duration.ofNanos(left))) {
                    return false;
                }
            }
        }
        return livingOn(channel).isEmpty();
    }

    private void retire(@Nullable AccountEntry before) {
        var serving = before == null ? null : before.serving();
        if (serving == null) {
            return;
        }
        var thread =
                thread(
                        "close " + serving.id(),
                        () -> {
                            serving.close(DRAIN, true);
                            retiring.remove(serving);
                        });
        // Noted before it starts, so that it cannot be over already.
        retiring.put(serving, thread);
        thread.start();
    }

    private void tell(AccountId id) {
        listeners.forEach(listener -> listener.accept(id));
    }

    private static Thread started(String name, Runnable work) {
        var thread = thread(name, work);
        thread.start();
        return thread;
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).unstarted(work);
    }
}
