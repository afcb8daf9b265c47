package io.tributary.host.outbound;

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
/// a provider that stays overloaded sees one probe per delay. Thread safe.
final class Throttle {

    private static final int MANY = 10_000;

    /// How long others wait for a probe before they look again.
    private static final Duration PROBING = Duration.ofSeconds(1);

    /// When to look again where permits are in the hands of sends that have not begun yet.
    private static final Duration IN_HAND = Duration.ofMillis(20);

    private final Backoff backoff;
    private final Instant began;
    private final Map<Place, Delay> delays = new HashMap<>();
    private final Map<Bucket, RateWindow> windows = new HashMap<>();

    Throttle(Backoff backoff, Instant began) {
        this.backoff = backoff;
        this.began = began;
    }

    /// What waits or has a rate of its own.
    private record Place(Scope scope, String name) {

        static @Nullable Place of(Scope scope, Ends ends) {
            return switch (scope) {
                case MESSAGE -> null;
                case ADDRESS -> new Place(scope, ends.address());
                case LINE -> new Place(scope, ends.line());
                case ACCOUNT -> new Place(scope, "");
            };
        }
    }

    private record Bucket(Place place, Rate rate) {}

    private static final class Delay {
        private Instant until = Instant.EPOCH;
        private int failures;
        private boolean probing;
    }

    /// Leave for one send; give it back by one of [#delay], [#passed] or [#unused].
    static final class Permit {
        private final List<Place> probed = new ArrayList<>();
        private final Map<RateWindow, RateWindow.Taken> taken = new HashMap<>();
    }

    /// Either a permit or the time until which none is to be had.
    record Answer(@Nullable Permit permit, Instant until) {}

    /// When a send of this manner has a chance; the past: now.
    synchronized Instant chance(Lane.Manner manner, Instant now) {
        var latest = Instant.EPOCH;
        for (var scope : Scope.values()) {
            var place = Place.of(scope, manner.ends());
            var delay = place == null ? null : delays.get(place);
            if (delay != null) {
                var until = delay.probing ? later(delay.until, now.plus(PROBING)) : delay.until;
                latest = later(latest, until);
            }
        }
        for (var window : windows(manner, now)) {
            var free = window.freeAt(manner.cost());
            latest = later(latest, free == null ? now.plus(IN_HAND) : free);
        }
        return latest;
    }

    synchronized Answer ask(Lane.Manner manner, Instant now) {
        var until = chance(manner, now);
        if (until.isAfter(now)) {
            return new Answer(null, until);
        }
        var permit = new Permit();
        for (var window : windows(manner, now)) {
            permit.taken.put(window, window.take(manner.cost()));
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

    /// The call begins now: from here on the rates count it.
    synchronized void begins(Permit permit, Instant now) {
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
            passed(permit);
            return now.plus(backoff.after(attempt, atLeast));
        }
        forgetOld(now);
        var delay = delays.computeIfAbsent(place, _ -> new Delay());
        // Sends that were under way together fail together: that is one failure, not sixteen.
        boolean probed = permit.probed.remove(place);
        if (probed || delay.failures == 0) {
            delay.failures++;
            delay.probing = false;
        }
        passed(permit);
        delay.until = later(delay.until, now.plus(backoff.after(delay.failures, atLeast)));
        return delay.until;
    }

    /// The provider answered: what the send has probed is open again.
    synchronized void passed(Permit permit) {
        permit.probed.forEach(delays::remove);
    }

    /// Nothing was learned: another one may probe. What did not even begin has cost nothing.
    synchronized void unused(Permit permit) {
        permit.taken.forEach(RateWindow::giveBack);
        permit.taken.clear();
        for (var place : permit.probed) {
            var delay = delays.get(place);
            if (delay != null) {
                delay.probing = false;
            }
        }
    }

    /// Lets one send of the account try before the others.
    synchronized void probeAccount() {
        delays.computeIfAbsent(new Place(Scope.ACCOUNT, ""), _ -> new Delay()).probing = false;
    }

    private List<RateWindow> windows(Lane.Manner manner, Instant now) {
        if (windows.size() > MANY) {
            windows.values().removeIf(window -> window.isIdle(now));
        }
        var found = new ArrayList<RateWindow>(manner.rates().size());
        for (var rate : manner.rates()) {
            var place = Place.of(rate.scope(), manner.ends());
            if (place != null) {
                found.add(
                        windows.computeIfAbsent(
                                new Bucket(place, rate), _ -> new RateWindow(rate, began)));
            }
        }
        return found;
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
