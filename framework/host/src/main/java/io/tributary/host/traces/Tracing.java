package io.tributary.host.traces;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.calls.Errand;
import io.tributary.host.egress.Ending;
import io.tributary.host.egress.Seen;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Traces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes requests that were seen, and keeps a trace of each that was made for an interaction, and
/// of each other that failed. Thread safe.
///
/// Whoever makes a request pays for a place in a queue; one thread redacts, and writes what has
/// gathered a few times a second, and never more often: the log waits for the same disk. What finds
/// the queue full leaves no trace and is counted: a trace is worth no message's delay. The last
/// places are for what failed, since that is what somebody will look for.
public final class Tracing implements Seen.Witness, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    private static final int FAILED = 400;

    private final Traces kept;
    private final UnaryOperator<String> redact;
    private final InstantSource clock;
    private final Limits limits;
    private final BlockingQueue<Noted> waiting;
    private final Counter dropped;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writing;

    /// How much of it there may be.
    ///
    /// @param waiting requests that are not written yet
    /// @param forFailed how many of those places are for what failed
    /// @param atOnce rows of one commit
    /// @param pause between two commits, so that more gather
    /// @param most rows that are kept
    /// @param close how long closing may take to write the rest
    public record Limits(
            int waiting, int forFailed, int atOnce, Duration pause, int most, Duration close) {

        /// As a member has it.
        public static Limits keeping(int most) {
            return new Limits(1_024, 256, 256, Duration.ofMillis(250), most, Duration.ofSeconds(2));
        }
    }

    private record Noted(Seen seen, @Nullable Errand errand, Instant at) {}

    /// Begins at once.
    ///
    /// @param redact blanks known secrets out
    public Tracing(
            Traces kept,
            UnaryOperator<String> redact,
            InstantSource clock,
            Limits limits,
            MeterRegistry meters) {
        this.kept = kept;
        this.redact = redact;
        this.clock = clock;
        this.limits = limits;
        this.waiting = new ArrayBlockingQueue<>(limits.waiting());
        this.dropped =
                Counter.builder("tributary.egress.traces.dropped")
                        .description(
                                "Requests that left no trace: too many came at once, or it could"
                                        + " not be written")
                        .register(meters);
        this.writing = Thread.ofPlatform().daemon().name("traces").start(this::write);
    }

    @Override
    public void saw(Seen seen) {
        Errand errand = Errand.here().orElse(null);
        boolean failed = failed(seen);
        if (errand == null && !failed) {
            return;
        }
        if (!hasPlace(failed) || !waiting.offer(new Noted(light(seen), errand, clock.instant()))) {
            dropped.increment();
        }
    }

    private boolean hasPlace(boolean failed) {
        return closing.getCount() > 0
                && (failed || waiting.remainingCapacity() > limits.forFailed());
    }

    private static boolean failed(Seen seen) {
        Seen.Reply reply = seen.reply();
        return seen.ending() != Ending.ANSWERED || reply == null || reply.status() >= FAILED;
    }

    /// Without bodies that are too long to be looked at: they would be held in memory while they
    /// wait.
    private static Seen light(Seen seen) {
        return seen.lighter(Shape.MOST_BYTES);
    }

    private void write() {
        try {
            while (closing.getCount() > 0 || !waiting.isEmpty()) {
                gather();
                var _ = closing.await(limits.pause().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            // whoever closes waits no longer: what is left leaves no trace
            Thread.currentThread().interrupt();
        }
    }

    private void gather() {
        List<Noted> some = new ArrayList<>();
        waiting.drainTo(some, limits.atOnce());
        if (some.isEmpty()) {
            return;
        }
        List<Traces.Trace> traces = new ArrayList<>();
        some.forEach(noted -> redacted(noted).ifPresent(traces::add));
        try {
            kept.add(traces, limits.most());
        } catch (JournalUnavailable away) {
            dropped.increment(traces.size());
            LOG.debug("{} traces could not be written", traces.size(), away);
        } catch (RuntimeException mistake) {
            // this thread goes on: else nothing would leave a trace from now on
            dropped.increment(traces.size());
            LOG.warn("{} traces could not be written", traces.size(), mistake);
        }
    }

    /// What cannot be redacted is not kept. The mistake is named without its message: that may
    /// quote what it is about.
    private Optional<Traces.Trace> redacted(Noted noted) {
        try {
            return Optional.of(
                    new Redaction(noted.seen(), noted.errand(), redact).trace(noted.at()));
        } catch (RuntimeException | StackOverflowError mistake) {
            dropped.increment();
            LOG.warn(
                    "a request of account {} left no trace: {}",
                    noted.seen().account(),
                    mistake.getClass().getName());
            return Optional.empty();
        }
    }

    /// Writes what waits, within its limit.
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!writing.join(limits.close())) {
                writing.interrupt();
            }
        } catch (InterruptedException _) {
            writing.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
