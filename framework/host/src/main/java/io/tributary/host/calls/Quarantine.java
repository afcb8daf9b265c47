package io.tributary.host.calls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether one version of a plugin may be called. Two stuck calls are enough to put it in: it is
/// called no more, but for a trial now and then, a single call. One that ends as it should lets the
/// version out; another makes the time until the next trial twice as long.
///
/// The trial is a call of a kind that was stuck, since any other shows nothing: a plugin that hangs
/// when it sends may verify webhooks all day long. Where several kinds were stuck, each has its
/// trial. Calls of other kinds are let through from then on, one at a time, for many a call comes
/// only after another one: nothing is sent before the plugin was asked what it can. And some kinds
/// come seldom or never: when none of those came for as long again as was waited for the trial, the
/// next call is it, whatever its kind. Thread safe.
public final class Quarantine {

    private static final int ENOUGH = 2;

    private final InstantSource clock;
    private final Duration first;
    private final Duration longest;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /// Of the calls that were stuck, and have not shown since that they end.
    private final Set<Calls.Kind> unproven = EnumSet.noneOf(Calls.Kind.class);

    private int stuck;
    private volatile @Nullable Stay stay;
    private @Nullable Stay last;

    /// One time in quarantine.
    ///
    /// @param what why, as a clause
    /// @param kinds whose calls are a trial, as messages have it; empty: those of any
    /// @param pause until the trial, since the one before
    /// @param trying whether the trial is under way
    /// @param along whether a call is under way that is none
    /// @param until when it was let out; null: it was not
    private record Stay(
            String what,
            String kinds,
            Duration pause,
            Instant trial,
            boolean trying,
            boolean along,
            @Nullable Instant until) {

        Stay tries() {
            return new Stay(what, kinds, pause, trial, true, along, null);
        }

        Stay goes(boolean along) {
            return new Stay(what, kinds, pause, trial, trying, along, null);
        }

        Stay of(String kinds) {
            return new Stay(what, kinds, pause, trial, trying, along, null);
        }

        Stay again(Instant trial) {
            return new Stay(what, kinds, pause, trial, false, along, null);
        }

        Stay ended(Instant now) {
            return new Stay(what, kinds, pause, trial, false, false, now);
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
        return Optional.ofNullable(stay).map(Quarantine::shown);
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
            listener.accept(shown(now));
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
        listeners.forEach(listener -> listener.accept(shown(entered)));
        return true;
    }

    /// Notes a call that was given up.
    ///
    /// @param kind null: it was none that has a deadline
    /// @return whether that put the version in
    boolean stuck(Calls.@Nullable Kind kind, String call) {
        synchronized (this) {
            if (kind != null && unproven.add(kind)) {
                retell();
            }
            if (++stuck < ENOUGH) {
                return false;
            }
        }
        return enter(ENOUGH + " calls did not end after their deadline, the last one was " + call);
    }

    /// Whether a call may be made although the version is in quarantine. Who was told so tells what
    /// came of it: of a trial by [#good], [#bad] or [#undecided], of another by [#over].
    synchronized Pass pass(Calls.Kind kind) {
        var now = stay;
        if (now == null) {
            return Pass.FREE;
        }
        var time = clock.instant();
        if (now.trying() || time.isBefore(now.trial())) {
            return Pass.REFUSED;
        }
        if (unproven.isEmpty()
                || unproven.contains(kind)
                || !time.isBefore(now.trial().plus(now.pause()))) {
            stay = now.tries();
            return Pass.TRIAL;
        }
        if (now.along()) {
            return Pass.REFUSED;
        }
        stay = now.goes(true);
        return Pass.ALONG;
    }

    /// A call that showed nothing has ended.
    synchronized void over() {
        var now = stay;
        if (now != null) {
            stay = now.goes(false);
        }
    }

    /// The trial ended as it should.
    ///
    /// @return whether that let the version out; else another kind has to show as much, at once
    synchronized boolean good(Calls.Kind kind) {
        var now = stay;
        if (now == null) {
            return true;
        }
        if (unproven.remove(kind) && !unproven.isEmpty()) {
            stay = now.again(clock.instant());
            retell();
            return false;
        }
        unproven.clear();
        last = now.ended(clock.instant());
        stay = null;
        stuck = 0;
        return true;
    }

    /// The trial failed.
    synchronized void bad() {
        var now = stay;
        if (now != null) {
            stay = later(now.what(), now.pause());
        }
    }

    private void retell() {
        var now = stay;
        if (now != null) {
            stay = now.of(kinds());
        }
    }

    private String kinds() {
        return unproven.stream().map(Calls.Kind::title).collect(Collectors.joining(", "));
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
                        : new Stay(
                                what,
                                kinds(),
                                first,
                                clock.instant().plus(first),
                                false,
                                false,
                                null);
        stay = entered;
        return entered;
    }

    private Stay later(String what, Duration pause) {
        var twice = pause.multipliedBy(2);
        var next = twice.compareTo(longest) > 0 ? longest : twice;
        return new Stay(what, kinds(), next, clock.instant().plus(next), false, false, null);
    }

    private static String shown(Stay stay) {
        return "quarantined: "
                + stay.what()
                + (stay.trying()
                        ? "; a trial call is under way"
                        : "; one call"
                                + (stay.kinds().isEmpty() ? "" : " (" + stay.kinds() + ")")
                                + " is let through as a trial after "
                                + stay.trial().truncatedTo(ChronoUnit.SECONDS))
                + "; install another version if trials do not help";
    }
}
