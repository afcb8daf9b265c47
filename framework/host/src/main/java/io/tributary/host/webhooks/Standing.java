package io.tributary.host.webhooks;

import io.tributary.host.journal.WebhookRecords.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How it stands with a webhook, and what each attempt makes of that. For one turn, of one thread.
final class Standing {

    /// So many failures in a row and the app counts as down.
    static final int DOWN = 4;

    private final InstantSource clock;
    private Progress progress;

    Standing(Progress progress, InstantSource clock) {
        this.progress = progress;
        this.clock = clock;
    }

    /// With the cursor that it began with.
    Progress progress() {
        return progress;
    }

    boolean isDown() {
        return progress.failures() >= DOWN;
    }

    boolean waits() {
        Instant notBefore = progress.notBefore();
        return notBefore != null && notBefore.isAfter(clock.instant());
    }

    /// A wait that is over is none.
    void forgetWait() {
        if (!waits()) {
            notBefore(null);
        }
    }

    /// Whether something got through after that: what fails since then fails by itself.
    boolean wasDeliveredSince(Instant time) {
        Instant delivered = progress.deliveredAt();
        return delivered != null && delivered.isAfter(time);
    }

    void succeeded() {
        progress = new Progress(progress.cursor(), 0, null, null, clock.instant(), "");
    }

    void failed(String reason) {
        int failures = progress.failures() + 1;
        Instant since = progress.failingSince();
        // before that it may have been one event, and for days
        boolean begins = since == null || failures == DOWN;
        progress =
                new Progress(
                        progress.cursor(),
                        failures,
                        begins ? clock.instant() : since,
                        null,
                        progress.deliveredAt(),
                        reason);
    }

    /// Nothing is tried until the usual time is over.
    ///
    /// @param least what the app asked for
    void waitFor(Duration least) {
        Duration usual = isDown() ? Waits.down(progress.failures() - DOWN) : Waits.inTurn();
        notBefore(clock.instant().plus(usual.compareTo(least) > 0 ? usual : least));
    }

    private void notBefore(@Nullable Instant time) {
        progress =
                new Progress(
                        progress.cursor(),
                        progress.failures(),
                        progress.failingSince(),
                        time,
                        progress.deliveredAt(),
                        progress.problem());
    }

    /// It has been down for days.
    boolean isHopeless() {
        Instant since = progress.failingSince();
        return isDown() && since != null && !since.plus(Waits.PATIENCE).isAfter(clock.instant());
    }
}
