package io.tributary.host.outbound;

import io.tributary.host.accounts.Wire;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How fast an account's sends may go: the channel's rates, and the delays that the provider asked
/// for.
///
/// A delay ends with one send alone. Only when the provider takes that one do the others follow, so
/// a provider that stays overloaded sees one probe per delay. An account where many sends in a row
/// came to nothing, each for itself, waits as a whole in the same way. Thread safe.
final class Throttle {

    private static final int MANY = 10_000;

    /// How long others wait for a probe before they look again.
    private static final Duration PROBING = Duration.ofSeconds(1);

    /// How long it takes at the most until an account that was stopped is known as such.
    private static final Duration STOPPING = Duration.ofSeconds(1);

    /// So many sends in a row of which nothing good is known close the account.
    private static final int MOST_TROUBLED = 16;

    private final Backoff backoff;
    private final Instant began;
    private final boolean sendsAll;
    private final Map<Place, Delay> delays = new HashMap<>();
    private final Map<Bucket, RateWindow> windows = new HashMap<>();
    private Instant stopping = Instant.EPOCH;
    private int troubled;
    private int coming;

    /// @param sendsAll whether all that the account sends goes through here; others may have spent
    ///   what it may send on a line otherwise
    Throttle(Backoff backoff, Instant began, boolean sendsAll) {
        this.backoff = backoff;
        this.began = began;
        this.sendsAll = sendsAll;
    }

    private static final Place ACCOUNT = new Place(Scope.ACCOUNT, "");

    /// What waits or has a rate of its own.
    private record Place(Scope scope, String name) {

        static @Nullable Place of(Scope scope, Ends ends) {
            return switch (scope) {
                case MESSAGE -> null;
                case ADDRESS -> new Place(scope, ends.address());
                case LINE -> new Place(scope, ends.line());
                case ACCOUNT -> ACCOUNT;
            };
        }
    }

    /// Each wire has its part of a rate, and keeps to it by itself: anew when it comes back from
    /// another member, which may have spent it just now.
    private record Bucket(Place place, Rate rate, Wire.Share share) {}

    private static final class Delay {
        private Instant until = Instant.EPOCH;
        private int failures;
        private boolean probing;
    }

    /// Leave for one send; give it back by one of [#delay], [#passed], [#unused] or [#troubled].
    static final class Permit {
        private final List<Place> probed = new ArrayList<>();
        private boolean begun;
        private final Map<RateWindow, RateWindow.Taken> taken = new HashMap<>();
    }

    /// A send that is to ask.
    static final class Coming {
        private final Priority priority;
        private boolean there;

        private Coming(Priority priority) {
            this.priority = priority;
        }
    }

    /// Either a permit or the time until which none is to be had.
    record Answer(@Nullable Permit permit, Instant until) {}

    /// When a send between the same ends has a chance, whatever it costs; the past: now.
    synchronized Instant chance(Lane.Manner manner, Priority priority, Instant now) {
        var latest = delayed(manner.ends(), now);
        var one = new RateWindow.Ask(manner.ends(), priority, 1);
        for (var window : windows(manner, now)) {
            latest = later(latest, window.freeAt(one, now));
        }
        return latest;
    }

    private Instant delayed(Ends ends, Instant now) {
        var latest = Instant.EPOCH;
        for (var scope : Scope.values()) {
            var place = Place.of(scope, ends);
            var delay = place == null ? null : delays.get(place);
            if (delay != null) {
                var until = delay.probing ? later(delay.until, now.plus(PROBING)) : delay.until;
                latest = later(latest, until);
            }
        }
        return latest;
    }

    /// A send is on its way here: where somebody waits for it, bulk leaves it what it needs until
    /// it has asked, or does not come.
    synchronized Coming comes(Priority priority) {
        coming += priority == Priority.NORMAL ? 1 : 0;
        return new Coming(priority);
    }

    /// It does not ask, or has asked.
    synchronized void came(Coming one) {
        if (!one.there) {
            one.there = true;
            coming -= one.priority == Priority.NORMAL ? 1 : 0;
        }
    }

    /// What several permits are needed for is not overtaken any more once it has asked.
    synchronized Answer ask(Lane.Manner manner, Coming one, Instant now) {
        came(one);
        var delayed = later(stopping, delayed(manner.ends(), now));
        if (delayed.isAfter(now)) {
            return new Answer(null, delayed);
        }
        var windows = windows(manner, now);
        var until = Instant.EPOCH;
        var ask = new RateWindow.Ask(manner.ends(), one.priority, manner.cost());
        if (one.priority == Priority.BULK && coming > 0 && !leavesEnough(manner, ask, now)) {
            return new Answer(null, now.plus(RateWindow.IN_HAND));
        }
        for (var window : windows) {
            var free = window.freeAt(ask, now);
            if (free.isAfter(now)) {
                window.reserve(ask, now);
            }
            until = later(until, free);
        }
        if (until.isAfter(now)) {
            return new Answer(null, until);
        }
        var permit = new Permit();
        for (var window : windows) {
            permit.taken.put(window, window.take(ask));
        }
        for (var scope : Scope.values()) {
            var place = Place.of(scope, manner.ends());
            var delay = place == null ? null : delays.get(place);
            if (place != null && delay != null) {
                delay.probing = true;
                permit.probed.add(place);
            }
        }
        return new Answer(permit, now);
    }

    /// Whether those who are on their way find what they need: permits, and the probe of what was
    /// delayed. Of which line they are is not known yet; a rate of an address concerns none of
    /// them.
    private boolean leavesEnough(Lane.Manner manner, RateWindow.Ask ask, Instant now) {
        for (var scope : List.of(Scope.LINE, Scope.ACCOUNT)) {
            if (delays.containsKey(Place.of(scope, manner.ends()))) {
                return false;
            }
        }
        var shared = manner.rates().stream().filter(rate -> rate.scope() != Scope.ADDRESS).toList();
        return windows(shared, manner, now).stream()
                .allMatch(window -> window.leaves(coming, ask, now));
    }

    /// Whether nothing that it concerns was put off since it was given.
    synchronized boolean stands(Permit permit, Ends ends, Instant now) {
        if (stopping.isAfter(now)) {
            return false;
        }
        for (var scope : Scope.values()) {
            var place = Place.of(scope, ends);
            var delay = place == null ? null : delays.get(place);
            if (delay != null
                    && !permit.probed.contains(place)
                    && (delay.probing || delay.until.isAfter(now))) {
                return false;
            }
        }
        return true;
    }

    /// The call begins now: from here on the rates count it.
    synchronized void begins(Permit permit, Instant now) {
        permit.begun = true;
        permit.taken.forEach((window, taken) -> window.use(taken, now));
        permit.taken.clear();
    }

    /// The provider did not take it: everything in the scope waits.
    ///
    /// @param attempt of the message, for a delay that concerns it alone
    /// @param atLeast what the provider asked for; zero: nothing
    /// @return until when
    synchronized Instant delay(
            Permit permit, Scope scope, Ends ends, int attempt, Duration atLeast, Instant now) {
        var place = Place.of(scope, ends);
        if (place == null) {
            troubled(permit, now);
            return now.plus(backoff.after(attempt, atLeast));
        }
        giveBack(permit);
        var until = close(place, permit, atLeast, now);
        open(permit);
        return until;
    }

    private Instant close(Place place, Permit permit, Duration atLeast, Instant now) {
        forgetOld(now);
        var delay = delays.computeIfAbsent(place, _ -> new Delay());
        // Sends that were under way together fail together: that is one failure, not sixteen.
        boolean probed = permit.probed.remove(place);
        if (probed || delay.failures == 0) {
            delay.failures++;
            delay.probing = false;
        }
        delay.until = later(delay.until, now.plus(backoff.after(delay.failures, atLeast)));
        return delay.until;
    }

    /// The provider answered: what the send has probed is open again.
    synchronized void passed(Permit permit) {
        troubled = 0;
        giveBack(permit);
        open(permit);
    }

    private void open(Permit permit) {
        permit.probed.forEach(delays::remove);
    }

    /// It came to nothing, and that concerns this send alone, or nobody knows whom. When there are
    /// many such in a row, or a probe of the account was one, it concerns the account. Where the
    /// channel took no call nothing was learned.
    synchronized void troubled(Permit permit, Instant now) {
        if (permit.begun) {
            troubled += sendsAll ? 1 : 0;
            if (troubled >= MOST_TROUBLED || permit.probed.contains(ACCOUNT)) {
                close(ACCOUNT, permit, Duration.ZERO, now);
            }
        }
        unused(permit);
    }

    /// What did not even begin has cost nothing.
    private static void giveBack(Permit permit) {
        permit.taken.forEach(RateWindow::giveBack);
        permit.taken.clear();
    }

    /// The provider takes nothing until somebody acted. Until that is known everywhere nothing else
    /// goes out, nor what has been begun already.
    synchronized void stopped(Permit permit, Instant now) {
        unused(permit);
        stopping = now.plus(STOPPING);
    }

    /// Nothing was learned: another one may probe.
    synchronized void unused(Permit permit) {
        giveBack(permit);
        for (var place : permit.probed) {
            var delay = delays.get(place);
            if (delay != null) {
                delay.probing = false;
            }
        }
    }

    /// Lets one send of the account try before the others.
    synchronized void probeAccount() {
        stopping = Instant.EPOCH;
        delays.computeIfAbsent(ACCOUNT, _ -> new Delay()).probing = false;
    }

    private List<RateWindow> windows(Lane.Manner manner, Instant now) {
        return windows(manner.rates(), manner, now);
    }

    private List<RateWindow> windows(List<Rate> rates, Lane.Manner manner, Instant now) {
        if (windows.size() > MANY) {
            windows.values().removeIf(window -> window.isIdle(now));
        }
        var found = new ArrayList<RateWindow>(rates.size());
        for (var rate : rates) {
            var place = Place.of(rate.scope(), manner.ends());
            if (place != null) {
                found.add(
                        windows.computeIfAbsent(
                                new Bucket(place, rate, manner.share()),
                                _ -> new RateWindow(rate, lastUsed(rate, now))));
            }
        }
        return found;
    }

    /// When the permits of a new window count as used: where several members send, perhaps just
    /// now. To each address by itself that would cost more than it saves.
    private Instant lastUsed(Rate rate, Instant now) {
        return sendsAll || rate.scope() == Scope.ADDRESS ? began : now;
    }

    private void forgetOld(Instant now) {
        if (delays.size() > MANY) {
            delays.values().removeIf(delay -> !delay.probing && delay.until.isBefore(now));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
