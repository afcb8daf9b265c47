package io.tributary.host.outbound;

import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Commits what became of sends. Blocking, thread safe.
final class Ledger implements AutoCloseable {

    private final Journal journal;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);

    Ledger(Journal journal, Duration pause) {
        this.journal = journal;
        this.pause = pause;
    }

    /// What was no longer so; nothing: the unit is durable.
    ///
    /// @throws JournalUnavailable the unit is not durable
    /// @throws IllegalStateException it never will be: the journal cannot store it as it is
    Optional<Expect> once(Unit unit) throws InterruptedException {
        try {
            return switch (journal.append(unit).get()) {
                case Commit.Done _ -> Optional.empty();
                case Commit.Stale(int _, Expect failed) -> Optional.of(failed);
            };
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof JournalUnavailable unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("the journal refuses a send for good", failure);
        }
    }

    /// Commits what has happened already and cannot be taken back: tries until the journal takes
    /// it. What the unit rests on is read anew each time, so `unit` may be asked often.
    ///
    /// A stale unit is not tried again where what failed is about the send itself: somebody else
    /// has moved it.
    ///
    /// @param send whose unit it is
    /// @return whether the unit is durable; false: the send was moved by somebody else
    /// @throws JournalUnavailable the member stops before it could be made durable
    boolean surely(long send, Supplier<Unit> unit) throws InterruptedException {
        while (true) {
            try {
                var failed = once(unit.get());
                if (failed.isEmpty()) {
                    return true;
                }
                if (failed.get() instanceof Expect.SendIs moved && moved.id() == send) {
                    return false;
                }
            } catch (JournalUnavailable unavailable) {
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw unavailable;
                }
            }
        }
    }

    /// Reads what the rest depends on: tries until the journal can be read.
    ///
    /// @throws JournalUnavailable the member stops before that
    <T> T read(Supplier<T> reading) throws InterruptedException {
        while (true) {
            try {
                return reading.get();
            } catch (JournalUnavailable unavailable) {
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw unavailable;
                }
            }
        }
    }

    /// Lets go of what waits for the journal: the next start finds it as of unknown outcome.
    @Override
    public void close() {
        closed.countDown();
    }
}
