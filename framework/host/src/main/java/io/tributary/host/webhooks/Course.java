package io.tributary.host.webhooks;

import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.WebhookRecords.Look;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.host.journal.WebhookRecords.Webhook;
import io.tributary.host.secrets.SecretsUnusable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A webhook for as long as this member holds it: turn after turn on one thread. What it knows
/// itself may be lost; where it is stands in the journal.
final class Course {

    private static final Logger LOG = LoggerFactory.getLogger(Course.class);

    /// Under load there are more commits than that.
    private static final Duration BETWEEN = Duration.ofMillis(100);

    /// An attempt that begins now is over before somebody else may take the webhook.
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final String id;
    private final long holder;
    private final Turn.Means means;
    private final Looks looks;
    private final SigningSecrets secrets;
    private final Consumer<Course> ended;
    private final Memory memory = new Memory();
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile Instant heldUntil;
    private volatile boolean over;

    /// @param ended told once nothing is delivered here any more
    Course(
            String id,
            long holder,
            Instant heldUntil,
            Turn.Means means,
            Looks looks,
            SigningSecrets secrets,
            Consumer<Course> ended) {
        this.id = id;
        this.holder = holder;
        this.heldUntil = heldUntil;
        this.means = means;
        this.looks = looks;
        this.secrets = secrets;
        this.ended = ended;
        this.thread = Thread.ofVirtual().name("webhook " + id).unstarted(this::run);
    }

    String id() {
        return id;
    }

    void start() {
        thread.start();
    }

    /// There may be something to deliver, or it was changed.
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    /// It stays this member's until then.
    void held(Instant until) {
        heldUntil = until;
    }

    /// After the attempt that runs nothing more is delivered here.
    void leave() {
        over = true;
        wake();
    }

    /// Waits for the attempt that runs, and cuts it off when the time is over or this thread is
    /// interrupted.
    ///
    /// @return false: it was interrupted
    boolean end(Duration most) {
        boolean waited = true;
        while (thread.isAlive()) {
            try {
                if (!waited || !thread.join(most)) {
                    thread.interrupt();
                    thread.join();
                }
            } catch (InterruptedException hurried) {
                waited = false;
            }
        }
        return waited;
    }

    private void run() {
        try {
            Optional<Duration> next = Optional.of(Duration.ZERO);
            while (next.isPresent()) {
                await(next.get());
                next = turn();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            // it is begun again at the next look
            LOG.error("webhook={} failed", id, failure);
        } finally {
            ended.accept(this);
        }
    }

    private void await(Duration pause) throws InterruptedException {
        if (pause.isZero()) {
            return;
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
        Duration most = pause.compareTo(Deliveries.LOOK) < 0 ? pause : Deliveries.LOOK;
        var _ = woken.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        woken.drainPermits();
    }

    private Optional<Duration> turn() throws InterruptedException {
        try {
            Optional<Look> look = looks.of(id).filter(read -> mayDeliver(read.webhook()));
            if (look.isEmpty()) {
                return Optional.empty();
            }
            renew(look.get().webhook());
            return new Turn(means, look.get(), memory, this::isOurs).run();
        } catch (JournalUnavailable unavailable) {
            LOG.warn("webhook={} waits: the journal cannot be used", id);
            return over ? Optional.empty() : Optional.of(Deliveries.LOOK);
        }
    }

    private void renew(Webhook read) {
        try {
            secrets.renew(means.records(), read);
        } catch (SecretsUnusable unusable) {
            // as every attempt will say
            LOG.debug("webhook={} cannot be sealed anew", id, unusable);
        }
    }

    private boolean mayDeliver(Webhook read) {
        return isOurs() && read.holder() == holder && read.setup().state() == State.ACTIVE;
    }

    private boolean isOurs() {
        return !over && means.clock().instant().isBefore(heldUntil.minus(MARGIN));
    }
}
