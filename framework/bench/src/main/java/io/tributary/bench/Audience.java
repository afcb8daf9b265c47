package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/// Many readers of the stream on one thread, and the moment each message reached each of them, on
/// the clock that also tells when it was sent and acknowledged.
final class Audience implements AutoCloseable, Load.Watcher, SelectorLoop.Work {

    private static final long LONGEST = 60_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long REST_MILLIS = 100;

    private final SelectorLoop loop = new SelectorLoop("readers", this);
    private final URI server;
    private final String token;
    private final int readers;
    private final AtomicInteger opened = new AtomicInteger();
    private volatile Sending sending = new Sending(0, 0);

    /// On the loop's thread.
    private int feeds;

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

    private Audience(URI server, String token, int readers) throws IOException {
        this.server = server;
        this.token = token;
        this.readers = readers;
    }

    /// So many readers, who all follow the log when this returns.
    static Audience open(URI server, String token, int readers) throws IOException {
        var audience = new Audience(server, token, readers);
        audience.loop.start();
        try {
            audience.loop.await(
                    () -> audience.opened.get() == readers,
                    PATIENCE,
                    () -> "not all streams were opened");
            return audience;
        } catch (IOException broken) {
            audience.close();
            throw broken;
        }
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
        long events = messages * readers;
        loop.await(
                () -> round.seen.get() >= events, PATIENCE, () -> "readers miss events after 30 s");
        return new Seen(round.seen.get(), round.afterAsked, round.afterAnswered);
    }

    /// Seconds of processor time that reading took so far.
    double cpuSeconds() {
        return loop.cpuSeconds();
    }

    @Override
    public long turn(Selector selector) throws IOException {
        while (feeds < readers) {
            var _ = new Feed(selector, server, token); // the selector has it
            feeds++;
        }
        return REST_MILLIS;
    }

    @Override
    public void serve(SelectionKey key) throws IOException {
        Feed feed = (Feed) key.attachment();
        boolean before = feed.opened();
        long now = System.nanoTime();
        Sending round = sending;
        feed.read(number -> round.arrived(number, now));
        if (!before && feed.opened()) {
            opened.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }
}
