package io.tributary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Many readers of the stream on one thread, and the moment each message reached each of them, on
/// the clock that also tells when it was sent and acknowledged.
final class Audience implements AutoCloseable, Load.Watcher {

    private static final long LONGEST = 60_000_000L;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Selector selector = Selector.open();
    private final List<Feed> feeds = new ArrayList<>();
    private final Thread thread;
    private volatile Sending sending = new Sending(0, 0);
    private volatile boolean closed;
    private volatile @Nullable IOException failure;
    private final AtomicInteger opened = new AtomicInteger();

    /// One round of messages.
    private static final class Sending {
        private final long first;
        private final AtomicLongArray asked;
        private final AtomicLongArray answered;
        private final Histogram afterAsked = new Histogram(LONGEST, 3);
        private final Histogram afterAnswered = new Histogram(LONGEST, 3);
        private final AtomicLong seen = new AtomicLong();

        Sending(long first, int most) {
            this.first = first;
            this.asked = new AtomicLongArray(most);
            this.answered = new AtomicLongArray(most);
        }

        /// On the readers' thread.
        void arrived(long number, long now) {
            int index = (int) (number - first);
            if (number < first || index >= asked.length()) {
                return;
            }
            long acknowledged = answered.get(index);
            record(afterAsked, now - asked.get(index));
            record(afterAnswered, acknowledged == 0 ? 0 : now - acknowledged);
            seen.incrementAndGet();
        }

        private static void record(Histogram histogram, long nanos) {
            histogram.recordValue(Math.min(LONGEST, Math.max(0, nanos / 1000)));
        }
    }

    /// What the readers saw of one round, in microseconds.
    ///
    /// @param afterAsked from the moment a request was sent
    /// @param afterAnswered from the moment its acknowledgement was read; 0 when the event came
    ///   first
    record Seen(long events, Histogram afterAsked, Histogram afterAnswered) {}

    Audience(URI server, String token, int readers) throws IOException {
        for (int i = 0; i < readers; i++) {
            feeds.add(new Feed(selector, server, token));
        }
        thread = Thread.ofPlatform().name("readers").start(this::read);
        await(() -> opened.get() == readers, "not all streams were opened");
    }

    /// The next round begins.
    ///
    /// @param first the number of its first message
    /// @param most how many there may be
    void expect(long first, int most) {
        sending = new Sending(first, most);
    }

    @Override
    public void asked(long number, long at) {
        sending.asked.set((int) number, at);
    }

    @Override
    public void answered(long number, long at) {
        sending.answered.set((int) number, at);
    }

    /// Waits until each reader has seen so many messages.
    Seen seen(long messages) throws IOException {
        Sending round = sending;
        long events = messages * feeds.size();
        await(() -> round.seen.get() >= events, "readers miss events after 30 s");
        return new Seen(round.seen.get(), round.afterAsked, round.afterAnswered);
    }

    /// Seconds of processor time that reading took so far.
    double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) / 1e9;
    }

    private void await(BooleanSupplier condition, String otherwise) throws IOException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            IOException broken = failure;
            if (broken != null) {
                throw new IOException("the readers failed", broken);
            }
            if (System.nanoTime() - begin > PATIENCE) {
                throw new IOException(otherwise);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void read() {
        try {
            while (!closed) {
                selector.select(this::serve, 100);
            }
        } catch (IOException broken) {
            failure = broken;
        } catch (UncheckedIOException broken) {
            failure = broken.getCause();
        }
    }

    private void serve(SelectionKey key) {
        Feed feed = (Feed) key.attachment();
        boolean before = feed.opened();
        long now = System.nanoTime();
        Sending round = sending;
        try {
            feed.read(number -> round.arrived(number, now));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        if (!before && feed.opened()) {
            opened.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Feed feed : feeds) {
            feed.close();
        }
        selector.close();
    }
}
