package io.tributary.host.agents;

import io.tributary.host.journal.Filter;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// One reader of the stream: a position and a filter, nothing buffered.
///
/// Wake-ups while it works are taken together; it works on one thread at a time. While its client
/// takes what it writes it follows the tail, or the log where it is behind.
final class Subscriber implements Subscription, Runnable {

    private static final int SLICE = 256;
    private static final int BYTES_AT_ONCE = 128 * 1_024;

    private final Tail tail;
    private final LogReader log;
    private final Cursors cursors;
    private final Filter filter;
    private final Glimpses glimpses;
    private final Sink sink;
    private final Executor threads;
    private final int timeline;
    private final Consumer<Subscriber> left;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile long position;
    private volatile long written = System.nanoTime();
    private volatile long moved = System.nanoTime();
    private volatile boolean heartbeatDue;
    private volatile boolean stuck;
    private volatile boolean closed;

    private enum State {
        IDLE,
        WORKING,
        WORKING_AND_WOKEN
    }

    Subscriber(
            Tail tail,
            Cursors cursors,
            Filter filter,
            long position,
            Glimpses glimpses,
            Sink sink,
            Executor threads,
            Consumer<Subscriber> left) {
        this.tail = tail;
        this.log = tail.journal().log();
        this.cursors = cursors;
        this.filter = filter;
        this.position = position;
        this.glimpses = glimpses;
        this.sink = sink;
        this.threads = threads;
        this.timeline = log.timeline();
        this.left = left;
    }

    @Override
    public void drained() {
        wake();
    }

    @Override
    public void close() {
        closed = true;
        left.accept(this);
    }

    void wake() {
        if (closed || !state.getAndUpdate(Subscriber::woken).equals(State.IDLE)) {
            return;
        }
        try {
            threads.execute(this);
        } catch (RejectedExecutionException _) {
            close();
        }
    }

    /// Whether it is shown a signal of this customer.
    boolean watches(AccountId account, Signal signal) {
        Watched watched = glimpses.watched();
        return watched != null && watched.accepts(account, signal);
    }

    /// Shows a signal, or loses it.
    void show(Glimpse glimpse) {
        glimpses.add(glimpse);
        wake();
    }

    /// Looks after it once a second.
    void tick(long now, Duration heartbeat, Duration patience) {
        if (position >= tail.head()) {
            moved = now;
        }
        if (now - moved > patience.toNanos()) {
            stuck = true;
            wake();
        } else if (now - written > heartbeat.toNanos()) {
            heartbeatDue = true;
            wake();
        }
    }

    @Override
    public void run() {
        do {
            state.set(State.WORKING);
            work();
        } while (!state.compareAndSet(State.WORKING, State.IDLE));
    }

    private void work() {
        try {
            if (stuck) {
                end(Sink.Ending.STUCK);
            }

            while (!closed && sink.ready() && moreToDo()) {
                step();
            }
        } catch (JournalUnavailable _) {
            end(Sink.Ending.UNAVAILABLE);
        }
    }

    private boolean moreToDo() {
        return heartbeatDue || !glimpses.isEmpty() || position < tail.head();
    }

    private void step() {
        if (timeline != log.timeline()) {
            // what it was shown may be gone: its cursor says so when it comes back
            end(Sink.Ending.UNAVAILABLE);
            return;
        }
        if (glimpses.write(sink)) {
            // a reader of signals hears something, and its cursor ages all the same
            sink.flush();
        }
        long before = position;
        Optional<List<Event>> hot = tail.after(position, SLICE);
        if (hot.isPresent()) {
            write(hot.get(), true);
        } else {
            fromLog();
        }
        if (position > before) {
            moved = System.nanoTime();
        } else if (heartbeatDue && !closed) {
            heartbeatDue = false;
            sink.heartbeat(cursors.of(position));
            flush();
        }
    }

    private void fromLog() {
        if (position < log.oldest() - 1) {
            end(Sink.Ending.EXPIRED);
            return;
        }
        LogReader.Page page = log.after(position, filter, SLICE);
        if (write(page.rows().stream().map(row -> new Event(row, cursors)).toList(), false)) {
            position = Math.max(position, page.seen());
        }
    }

    /// Stops in the middle when the client has enough; goes on there.
    ///
    /// @return whether all were written
    private boolean write(List<Event> events, boolean filtering) {
        int bytes = 0;
        for (Event event : events) {
            if (!filtering || filter.accepts(event.row())) {
                sink.event(event.cursor(), event.type(), event.data());
                bytes += event.data().length();
            }
            position = event.position();
            if (bytes > BYTES_AT_ONCE) {
                flush();
                bytes = 0;
                if (!sink.ready() && event != events.getLast()) {
                    return false;
                }
            }
        }
        if (bytes > 0) {
            flush();
        }
        return true;
    }

    private void flush() {
        heartbeatDue = false;
        written = System.nanoTime();
        sink.flush();
    }

    private void end(Sink.Ending why) {
        if (!closed) {
            close();
            sink.end(why);
        }
    }

    private static State woken(State before) {
        return before == State.IDLE ? State.WORKING : State.WORKING_AND_WOKEN;
    }
}
