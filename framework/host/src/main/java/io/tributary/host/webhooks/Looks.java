package io.tributary.host.webhooks;

import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.Look;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads how it stands with the webhooks that this member holds. A commit wakes all of them at
/// once: those that ask while the database is being asked share the next question. Blocking; thread
/// safe.
final class Looks {

    private final WebhookRecords records;
    private final long holder;
    private final ReentrantLock asking = new ReentrantLock();
    private final Object joining = new Object();
    private Round next = new Round();

    /// Who is answered by the same question.
    private static final class Round {

        final Set<String> ids = new HashSet<>();
        final Map<String, Look> read = new HashMap<>();
        boolean isOver;
        @Nullable RuntimeException failed;
    }

    /// @param holder the run of this member
    Looks(WebhookRecords records, long holder) {
        this.records = records;
        this.holder = holder;
    }

    /// As it stands after this was called.
    ///
    /// @return empty: there is none of this id, or another member holds it
    Optional<Look> of(String id) throws InterruptedException {
        Round round = join(id);
        asking.lockInterruptibly();
        try {
            if (!round.isOver) {
                begin();
                ask(round);
            }
            if (round.failed != null) {
                throw round.failed;
            }
            return Optional.ofNullable(round.read.get(id));
        } finally {
            asking.unlock();
        }
    }

    private Round join(String id) {
        synchronized (joining) {
            next.ids.add(id);
            return next;
        }
    }

    /// Who asks from now on is not answered by what is read now.
    private void begin() {
        synchronized (joining) {
            next = new Round();
        }
    }

    private void ask(Round round) {
        try {
            var looks =
                    round.ids.size() == 1
                            ? records.look(round.ids.iterator().next()).stream()
                            : records.looks(holder).stream();
            looks.filter(each -> each.webhook().holder() == holder)
                    .forEach(each -> round.read.put(each.webhook().id(), each));
        } catch (RuntimeException failure) {
            round.failed = failure;
        } finally {
            round.isOver = true;
        }
    }
}
