package io.tributary.host.calls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whether one version of a plugin may be called. Two stuck calls are enough to put it in: it is
/// called no more, but for a trial now and then, a single call. One that ends as it should lets the
/// version out; another makes the time until the next trial twice as long. Thread safe.
public final class Quarantine {

    private static final int ENOUGH = 2;

    private final InstantSource clock;
    private final Duration first;
    private final Duration longest;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private int stuck;
    private volatile @Nullable Stay stay;
    private @Nullable Stay last;

    /// One time in quarantine.
    ///
    /// @param what why, as a clause
    /// @param pause until the trial, since the one before
    /// @param trying whether the trial is under way
    /// @param until when it was let out; null: it was not
    private record Stay(
            String what, Duration pause, Instant trial, boolean trying, @Nullable Instant until) {

        Stay tries() {
            return new Stay(what, pause, trial, true, null);
        }

        Stay again(Instant trial) {
            return new Stay(what, pause, trial, false, null);
        }

        Stay ended(Instant now) {
            return new Stay(what, pause, trial, false, now);
        }
    }

    /// With the first trial after half a minute, and later ones after ten minutes at most.
    public Quarantine() {
        this(InstantSource.system(), Duration.ofSeconds(30), Duration.ofMinutes(10));
    }

    /// @param first the time until the first trial
    /// @param longest what that grows to
    public Quarantine(InstantSource clock, Duration first, Duration longest) {
        this.clock = clock;
        this.first = first;
        this.longest = longest;
    }

    /// Whether the version is in it. Cheap enough for every call.
    public boolean active() {
        return stay != null;
    }

    /// What happened and what to do, for an operator; empty while the version may be called.
    public Optional<String> why() {
        return Optional.ofNullable(stay).map(Quarantine::told);
    }

    /// From when on the next call is let through; empty while the version may be called.
    public Optional<Instant> nextTrial() {
        return Optional.ofNullable(stay).map(Stay::trial);
    }

    /// Tells `listener` why it was entered, each time that it is and at once when it is in it now.
    /// It must be short.
    public void whenEntered(Consumer<String> listener) {
        listeners.add(listener);
        var now = stay;
        if (now != null) {
            listener.accept(told(now));
        }
    }

    /// Puts the version in for another reason than stuck calls.
    ///
    /// @param what the reason, as a clause: "it has …"
    /// @return whether it was not in before
    public boolean enter(String what) {
        var entered = entered(what);
        if (entered == null) {
            return false;
        }
        listeners.forEach(listener -> listener.accept(told(entered)));
        return true;
    }

    /// Notes a call that was given up.
    ///
    /// @return whether that put the version in
    boolean stuck(String call) {
        synchronized (this) {
            if (++stuck < ENOUGH) {
                return false;
            }
        }
        return enter(ENOUGH + " calls did not end after their deadline, the last one was " + call);
    }

    /// Whether a call may be made although the version is in quarantine. Who was told so tells what
    /// came of it by [#good], [#bad] or [#undecided].
    synchronized boolean tries() {
        var now = stay;
        if (now == null || now.trying() || clock.instant().isBefore(now.trial())) {
            return false;
        }
        stay = now.tries();
        return true;
    }

    /// The trial ended as it should.
    synchronized void good() {
        var now = stay;
        if (now != null) {
            last = now.ended(clock.instant());
            stay = null;
            stuck = 0;
        }
    }

    /// The trial failed.
    synchronized void bad() {
        var now = stay;
        if (now != null) {
            stay = later(now.what(), now.pause());
        }
    }

    /// The trial told nothing: somebody else ended it. The next call is one.
    synchronized void undecided() {
        var now = stay;
        if (now != null) {
            stay = now.again(clock.instant());
        }
    }

    private synchronized @Nullable Stay entered(String what) {
        if (stay != null) {
            return null;
        }
        var before = last;
        boolean lately =
                before != null
                        && before.until() != null
                        && clock.instant().isBefore(before.until().plus(longest));
        var entered =
                lately && before != null
                        ? later(what, before.pause())
                        : new Stay(what, first, clock.instant().plus(first), false, null);
        stay = entered;
        return entered;
    }

    private Stay later(String what, Duration pause) {
        var twice = pause.multipliedBy(2);
        var next = twice.compareTo(longest) > 0 ? longest : twice;
        return new Stay(what, next, clock.instant().plus(next), false, null);
    }

    private static String told(Stay stay) {
        return "quarantined: "
                + stay.what()
                + (stay.trying()
                        ? "; a trial call is under way"
                        : "; one call is let through as a trial after "
                                + stay.trial().truncatedTo(ChronoUnit.SECONDS))
                + "; install another version if trials do not help";
    }
}
