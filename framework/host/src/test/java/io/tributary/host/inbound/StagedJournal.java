package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// The real journal, before which races and outages can be staged and whose changes can be looked
/// at.
final class StagedJournal implements AutoCloseable {

    final AtomicInteger stale = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();
    volatile boolean down;

    /// It can be read, and takes nothing.
    volatile boolean full;

    volatile Runnable beforeNext = () -> {};

    /// What the journal refuses for good, as it does with what contradicts what is stored.
    volatile Predicate<Unit> unfit = _ -> false;

    final AtomicInteger refused = new AtomicInteger();
    private final List<Change> changes = new ArrayList<>();
    private final SqliteJournal real;
    private final Journal staged;

    StagedJournal(Path folder, InstantSource clock) {
        real = SqliteJournal.open(folder, JournalOptions.standard().at(clock));
        staged =
                (Journal)
                        Proxy.newProxyInstance(
                                StagedJournal.class.getClassLoader(),
                                new Class<?>[] {Journal.class},
                                (_, method, arguments) -> invoke(method, arguments));
    }

    /// For whoever is tested.
    Journal staged() {
        return staged;
    }

    /// For the test's own looking.
    Journal real() {
        return real;
    }

    /// What another member would have written meanwhile.
    void write(Unit unit) {
        record(unit, real.append(unit).join());
    }

    List<Change> changes() {
        synchronized (changes) {
            return List.copyOf(changes);
        }
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "append" -> {
                return append((Unit) arguments[0]);
            }
            case "directory", "conversations" -> {
                reads.incrementAndGet();
                if (down) {
                    throw new JournalUnavailable("the disk is full");
                }
            }
            default -> {
                // as it is
            }
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private CompletableFuture<Commit> append(Unit unit) {
        if (down || full) {
            return CompletableFuture.failedFuture(new JournalUnavailable("the disk is full"));
        }
        if (unfit.test(unit)) {
            refused.incrementAndGet();
            return CompletableFuture.failedFuture(new UnitRefused("it contradicts what is stored"));
        }
        Runnable first = beforeNext;
        beforeNext = () -> {};
        first.run();
        return real.append(unit).thenApply(commit -> record(unit, commit));
    }

    private Commit record(Unit unit, Commit commit) {
        switch (commit) {
            case Commit.Stale _ -> stale.incrementAndGet();
            case Commit.Done done -> {
                synchronized (changes) {
                    for (int i = 0; i < unit.items().size(); i++) {
                        if (done.results().get(i) instanceof Commit.Result.Stored) {
                            changes.addAll(unit.items().get(i).changes());
                        }
                    }
                }
            }
        }
        return commit;
    }

    @Override
    public void close() {
        real.close();
    }
}
