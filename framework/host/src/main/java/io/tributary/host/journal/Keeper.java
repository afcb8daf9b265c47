package io.tributary.host.journal;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second thread of the journal: copies the write-ahead log into the database beside the
/// commits, and clears away now and then what is kept for a time only.
///
/// The writer's connection never copies by itself, so that no commit waits for it, with one
/// exception: what was written while this thread copied is copied by the writer between two
/// batches, so that nothing is left and the write-ahead log begins anew instead of growing.
final class Keeper implements Runnable {

    /// When so many pages wait (4 MB), they are copied: seldom enough that pages that are written
    /// often are copied once, and few enough that no commit waits long for the disk to take them.
    private static final long PAGES = 1_000;

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long CLEAR = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Path database;
    private final WriteQueue queue;
    private final Fitness fitness;
    private final Clearing clearing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean closed;

    Keeper(Path database, WriteQueue queue, Fitness fitness, Clearing clearing) {
        this.database = database;
        this.queue = queue;
        this.fitness = fitness;
        this.clearing = clearing;
    }

    @Override
    public void run() {
        long clearAt = System.nanoTime() + CLEAR;
        try (var sql = new Sql(Dialect.SQLITE, Connections.checkpointer(database))) {
            while (waitForNext()) {
                copyIfDue(sql);
                if (System.nanoTime() - clearAt > 0) {
                    clear();
                    clearAt = System.nanoTime() + CLEAR;
                }
            }
        } catch (SQLException e) {
            LOG.error("the journal's write-ahead log is not emptied any more", e);
            fitness.stop("the database file could not be opened again: see the log, start again");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // unheard, the write-ahead log would grow until the disk is full
            LOG.error("the journal's keeper failed", e);
            fitness.stop("the journal's keeper failed unexpectedly: see the log, then start again");
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean waitForNext() throws InterruptedException {
        lock.lock();
        try {
            long left = LOOK;
            while (!closed && left > 0) {
                left = wake.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void copyIfDue(Sql sql) {
        if (!fitness.writes()) {
            return;
        }
        try {
            if (waiting(sql) >= PAGES) {
                sql.run("pragma wal_checkpoint(passive)");
                queue.offer(Chore.of(Keeper::copyRest));
            }
        } catch (SQLException e) {
            switch (Failure.of(e)) {
                case Failure.Own _, Failure.Passing _ ->
                        LOG.warn("the write-ahead log could not be emptied", e);
                case Failure.Full _ -> fitness.pause(Failure.Full.TEXT);
                case Failure.Final(String text) -> {
                    LOG.error("the journal stops: {}", text, e);
                    fitness.stop(text);
                }
            }
        }
    }

    /// Pages of the write-ahead log that are not copied yet.
    private static long waiting(Sql sql) throws SQLException {
        return sql.first(
                        "pragma wal_checkpoint(noop)",
                        columns -> {
                            columns.number();
                            long all = columns.number();
                            return all - columns.number();
                        })
                .orElse(0L);
    }

    private static boolean copyRest(Tables tables) throws SQLException {
        tables.sql.run("pragma wal_checkpoint(passive)");
        return true;
    }

    private void clear() {
        var step = Chore.of(clearing::step);
        queue.offer(step);
        var _ =
                step.future()
                        .whenComplete((more, error) -> {
                            if (error != null) {
                                LOG.warn("old keys stay for now: {}", error.getMessage());
                            } else if (more) {
                                clear();
                            }
                        });
    }
}
