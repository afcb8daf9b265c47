package io.tributary.host.media;

import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.objects.BucketUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A circuit breaker before one kind of request to a bucket. After one that the store did not
/// answer a small one is tried out, by one caller at a time, until it is answered; all others are
/// told at once that they have to wait: a store that hangs holds up no more than it has to. What
/// the store answers and refuses keeps nobody else from asking. Tells an operator once that
/// requests fail, and once that they work again. Thread safe; blocking.
///
/// To the rest of the host the bucket and the journal are one thing to be durable; what it says to
/// strangers does not name the bucket.
final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    /// Between two that are tried out.
    static final Duration PAUSE = Duration.ofSeconds(3);

    /// Between two refusals that are told.
    static final Duration REFUSALS = Duration.ofMinutes(10);

    private final String kind;
    private final Trial trial;
    private final LongSupplier nanos;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicReference<@Nullable Silence> silence = new AtomicReference<>();

    private volatile long nextRefusal;

    /// @param trying somebody tries it out at this moment, and nobody else ends this
    /// @param next when it may be tried out
    private record Silence(BucketUnavailable why, boolean trying, long next) {}

    /// Something small that is asked of the bucket.
    @FunctionalInterface
    interface Trial {
        void run() throws IOException;
    }

    /// Something that is asked of the bucket.
    ///
    /// @param <E> what else may be wrong with it
    @FunctionalInterface
    interface Asking<E extends Exception> {
        boolean of() throws E;
    }

    /// @param kind what is done with media by these requests, as in "to be put"
    /// @param nanos as [System#nanoTime()]
    Breaker(String kind, Trial trial, LongSupplier nanos) {
        this.kind = kind;
        this.trial = trial;
        this.nanos = nanos;
        this.nextRefusal = nanos.getAsLong();
    }

    /// Asks, or does not.
    ///
    /// @throws JournalUnavailable the bucket cannot be used for this now
    <E extends Exception> boolean ask(Asking<E> asking) throws E {
        letThrough();
        try {
            boolean answer = asking.of();
            // not of one that began before the store fell silent
            if (silence.get() == null && failing.compareAndSet(true, false)) {
                LOG.info("media go on: they can be {} again", kind);
            }
            return answer;
        } catch (BucketUnavailable failure) {
            failed(failure);
            throw unavailable(failure);
        }
    }

    private void failed(BucketUnavailable failure) {
        switch (failure.why()) {
            case SILENT -> {
                silence.compareAndSet(null, new Silence(failure, false, nanos.getAsLong()));
                tell(failure);
            }
            case REFUSED -> tell(failure);
            case INTERRUPTED -> {
                // says nothing of the store
            }
        }
    }

    /// Where others are put and one is refused in each round, that is not told in each round.
    private void tell(BucketUnavailable failure) {
        boolean refused = failure.why() == BucketUnavailable.Why.REFUSED;
        long now = nanos.getAsLong();
        if (refused && now - nextRefusal < 0) {
            return;
        }
        if (failing.compareAndSet(false, true)) {
            if (refused) {
                nextRefusal = now + REFUSALS.toNanos();
            }
            LOG.warn(
                    "media wait to be {}: {}. Messages are taken all the same. If it stays, put"
                            + " media.s3 right: `tributary doctor` tries it",
                    kind,
                    failure.getMessage());
        }
    }

    private void letThrough() {
        Silence known = silence.get();
        if (known == null) {
            return;
        }
        boolean mine =
                !known.trying()
                        && nanos.getAsLong() - known.next() >= 0
                        && silence.compareAndSet(
                                known, new Silence(known.why(), true, known.next()));
        if (!mine) {
            throw unavailable(known.why());
        }
        Silence still = null;
        try {
            still = tried(known);
        } finally {
            silence.set(still);
        }
        if (still != null) {
            throw unavailable(still.why());
        }
    }

    /// @return null: there is an answer, whatever it says
    private @Nullable Silence tried(Silence known) {
        try {
            trial.run();
            return null;
        } catch (BucketUnavailable failure) {
            return switch (failure.why()) {
                case SILENT -> {
                    tell(failure);
                    yield new Silence(failure, false, nanos.getAsLong() + PAUSE.toNanos());
                }
                case INTERRUPTED -> new Silence(known.why(), false, known.next());
                case REFUSED -> null;
            };
        } catch (IOException refused) {
            return null;
        }
    }

    private static JournalUnavailable unavailable(BucketUnavailable why) {
        return new JournalUnavailable("the store of media cannot be used now", why);
    }
}
