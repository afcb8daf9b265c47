package io.tributary.host.journal;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections for reading, each with its prepared statements. Thread safe; waits while all are
/// lent.
final class ReadPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadPool.class);

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final Source source;
    private final int size;
    private final Fitness fitness;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Sql> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    ReadPool(Source source, int size, Fitness fitness) {
        this.source = source;
        this.size = size;
        this.fitness = fitness;
        this.permits = new Semaphore(size);
    }

    @FunctionalInterface
    interface Query<T> {
        T run(Sql sql) throws SQLException;
    }

    /// Where connections come from.
    interface Source {

        Sql open() throws SQLException;

        /// Whether the connection was lost, so that another one may do.
        boolean broken(SQLException error);

        /// What is to be told of a failed reading; notes what an operator should know.
        String judge(SQLException error);
    }

    /// Runs a query outside any transaction: each statement sees what is committed when it starts.
    ///
    /// @throws JournalUnavailable it could not be read, or not as it was written
    <T> T read(Query<T> query) {
        lend();
        try {
            if (closed) {
                throw new JournalUnavailable("the journal is closed");
            }
            return readWith(query);
        } finally {
            permits.release();
        }
    }

    private void lend() {
        boolean interrupted = false;
        boolean lent = false;
        long until = System.nanoTime() + PATIENCE;
        while (!lent) {
            try {
                lent = permits.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (!lent) {
                    throw new JournalUnavailable("busy: all readings wait; try again soon");
                }
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs a query that sees one state all the time.
    <T> T readAtOnce(Query<T> query) {
        return read(sql -> {
            sql.run(sql.dialect.snapshot());
            try {
                return query.run(sql);
            } finally {
                sql.run("commit");
            }
        });
    }

    private <T> T readWith(Query<T> query) {
        Sql lent = idle.pollLast();
        if (lent != null) {
            try {
                return read(lent, query);
            } catch (SQLException e) {
                if (!source.broken(e)) {
                    throw failed(e);
                }
                // lost while it lay idle, as all the others: a new one tells whether the server is
                // there
                dropIdle();
            }
        }
        try {
            return read(source.open(), query);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void dropIdle() {
        for (Sql other = idle.pollLast(); other != null; other = idle.pollLast()) {
            drop(other);
        }
    }

    private <T> T read(Sql sql, Query<T> query) throws SQLException {
        try {
            T answer = query.run(sql);
            idle.addLast(sql);
            return answer;
        } catch (SQLException e) {
            drop(sql);
            throw e;
        } catch (RuntimeException e) {
            // a value that no writer of ours would have written
            drop(sql);
            fitness.damaged("a value that cannot be");
            throw new JournalUnavailable("the journal could not read what it keeps", e);
        }
    }

    private JournalUnavailable failed(SQLException error) {
        if (error instanceof Damaged damaged) {
            fitness.damaged(damaged.what());
        }
        String told = source.judge(error);
        LOG.error("a reading of the journal failed", error);
        return new JournalUnavailable("the journal could not read: " + told, error);
    }

    private static void drop(@Nullable Sql sql) {
        if (sql == null) {
            return;
        }
        try {
            sql.close();
        } catch (SQLException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }

    /// Waits for the readings that run.
    @Override
    public void close() {
        closed = true;
        permits.acquireUninterruptibly(size);
        idle.forEach(ReadPool::drop);
        idle.clear();
        permits.release(size);
    }
}
