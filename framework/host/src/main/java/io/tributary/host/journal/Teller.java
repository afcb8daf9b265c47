package io.tributary.host.journal;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that tells what was committed, while the writer is at the next commit.
///
/// First the listeners hear of a commit, then its futures are completed: who waits for a future
/// finds that everybody knows. Commits are told one after another, in their order. It may lag a few
/// commits behind; then the writer waits for it.
final class Teller implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);
    private static final int MOST_BEHIND = 4;
    private static final Told END = new Told(List.of(), List.of(), List.of(), true);

    private final BlockingQueue<Told> commits = new ArrayBlockingQueue<>(MOST_BEHIND);
    private final CopyOnWriteArrayList<Consumer<List<Row>>> listeners =
            new CopyOnWriteArrayList<>();

    /// What one commit brought.
    ///
    /// @param answers to the units, in their order
    /// @param last nothing comes after it
    record Told(List<Row> rows, List<Prepared> units, List<Commit> answers, boolean last) {

        Told(List<Row> rows, List<Prepared> units, List<Commit> answers) {
            this(rows, units, answers, false);
        }
    }

    AutoCloseable listen(Consumer<List<Row>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Nothing comes any more: ends when all is told.
    void close() {
        tell(END);
    }

    /// On the writer's thread. What is committed has to be told, so an interrupt is kept for later.
    void tell(Told commit) {
        boolean interrupted = false;
        while (true) {
            try {
                commits.put(commit);
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        for (Told commit = next(); !commit.last(); commit = next()) {
            hear(commit.rows());
            for (int i = 0; i < commit.answers().size(); i++) {
                commit.units().get(i).future.complete(commit.answers().get(i));
            }
        }
    }

    private Told next() {
        while (true) {
            try {
                return commits.take();
            } catch (InterruptedException _) {
                // told to end by END only: what is committed is told
            }
        }
    }

    private void hear(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        for (Consumer<List<Row>> listener : listeners) {
            try {
                listener.accept(rows);
            } catch (RuntimeException | Error e) {
                // the futures of this commit wait, and all the commits to come
                LOG.warn("a listener of the journal failed", e);
            }
        }
    }
}
