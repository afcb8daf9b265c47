package io.tributary.host.journal;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections for reading, each with its prepared statements. Thread safe; waits while all are
/// lent.
final class ReadPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadPool.class);

    private final Path file;
    private final int size;
    private final Fitness fitness;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Sql> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    ReadPool(Path file, int size, Fitness fitness) {
        this.file = file;
        this.size = size;
        this.fitness = fitness;
        this.permits = new Semaphore(size);
    }

    @FunctionalInterface
    interface Query<T> {
        T run(Sql sql) throws SQLException;
    }

    /// Runs a query outside any transaction: each statement sees what is committed when it starts.
    ///
    /// @throws JournalUnavailable it could not be read, or not as it was written
    <T> T read(Query<T> query) {
        permits.acquireUninterruptibly();
        try {
            if (closed) {
                throw new JournalUnavailable("the journal is closed");
            }
            return readWith(query);
        } finally {
            permits.release();
        }
    }

    /// Runs a query that sees one state all the time.
    <T> T readAtOnce(Query<T> query) {
        return read(sql -> {
            sql.run("begin");
            try {
                return query.run(sql);
            } finally {
                sql.run("commit");
            }
        });
    }

    private <T> T readWith(Query<T> query) {
        @Nullable Sql sql = null;
        try {
            sql = idle.pollLast();
            if (sql == null) {
                sql = new Sql(Connections.reader(file));
            }
            T answer = query.run(sql);
            idle.addLast(sql);
            return answer;
        } catch (SQLException e) {
            drop(sql);
            throw failed(e);
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
        } else if (Failure.of(error) instanceof Failure.Final(String text)) {
            fitness.damaged(text);
        }
        LOG.error("a reading of the journal failed", error);
        return new JournalUnavailable("the journal could not read: " + fitness.text(), error);
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
