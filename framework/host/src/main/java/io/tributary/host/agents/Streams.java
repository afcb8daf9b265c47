package io.tributary.host.agents;

import io.tributary.host.journal.Filter;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The readers of the stream.
///
/// A commit wakes one thread, which wakes the readers: the journal never waits for them, and what
/// is committed meanwhile is told together. Thread safe.
public final class Streams implements AutoCloseable {

    private final Tail tail;
    private final Cursors cursors;
    private final InstantSource clock;
    private final Duration heartbeat;
    private final Duration patience;
    private final Set<Subscriber> readers = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("stream-", 0).factory());
    private final Semaphore news = new Semaphore(0);
    private final Thread waker;
    private volatile boolean closed;

    /// @param heartbeat after how much silence a reader gets a sign of life
    /// @param patience how long a reader may take nothing while there is something
    Streams(
            Tail tail,
            Cursors cursors,
            InstantSource clock,
            Duration heartbeat,
            Duration patience) {
        this.tail = tail;
        this.clock = clock;
        this.cursors = cursors;
        this.heartbeat = heartbeat;
        this.patience = patience;
        this.waker = Thread.ofPlatform().daemon().name("stream-waker").start(this::wakeReaders);
        tail.onGrowth(this::grown);
    }

    /// Opens a subscription without signals.
    public Subscription open(Filter filter, long position, Sink sink) {
        return open(filter, position, null, sink);
    }

    /// Opens a subscription. It begins when the sink is ready; nothing is written before.
    ///
    /// @param position everything after it is wanted
    /// @param watched which signals are shown as well; null: none
    public Subscription open(Filter filter, long position, @Nullable Watched watched, Sink sink) {
        var glimpses = new Glimpses(watched);
        var reader =
                new Subscriber(
                        tail, cursors, filter, position, glimpses, sink, threads, readers::remove);
        readers.add(reader);
        if (closed) {
            reader.close();
        }
        reader.wake();
        return reader;
    }

    /// A customer does something: shows it to those who watch. Never waits.
    public void show(AccountId account, Signal signal) {
        Glimpse glimpse = null;
        for (Subscriber reader : readers) {
            if (reader.watches(account, signal)) {
                if (glimpse == null) {
                    glimpse = Glimpse.of(account, signal, clock.instant());
                }
                reader.show(glimpse);
            }
        }
    }

    /// How many there are.
    public int size() {
        return readers.size();
    }

    @Override
    public void close() {
        closed = true;
        news.release();
        try {
            waker.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        readers.forEach(Subscriber::close);
        threads.shutdownNow();
    }

    private void grown() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    private void wakeReaders() {
        long tick = System.nanoTime();
        while (!closed) {
            try {
                boolean told = news.tryAcquire(1, TimeUnit.SECONDS);
                if (told) {
                    news.drainPermits();
                    readers.forEach(Subscriber::wake);
                }
            } catch (InterruptedException _) {
                return;
            }
            long now = System.nanoTime();
            if (now - tick >= Duration.ofSeconds(1).toNanos()) {
                tick = now;
                readers.forEach(reader -> reader.tick(now, heartbeat, patience));
            }
        }
    }
}
