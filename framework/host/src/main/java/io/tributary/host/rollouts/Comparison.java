package io.tributary.host.rollouts;

import io.tributary.host.calls.Calls;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Holds a new version against the one before it, kind of call by kind of call.
///
/// A version does worse when one call in twenty fails and before it clearly fewer did, or when it
/// takes ten times as long. Below [#ENOUGH] calls nothing is concluded, and times below
/// [#NOTICEABLE] are nobody's concern: code that was just loaded is slow before it is compiled.
final class Comparison {

    static final int ENOUGH = 20;
    static final double NOTICEABLE = TimeUnit.MILLISECONDS.toNanos(2);

    private static final double FAILING = 0.05;
    private static final double CLEARLY = 0.03;
    private static final double SLOWER = 10;

    private final Tally before;

    /// @param before how the version before did
    Comparison(Tally before) {
        this.before = before;
    }

    /// What speaks against the new version.
    ///
    /// @param since since it was moved to
    /// @param lately over the last few looks
    Optional<String> objection(Tally since, Tally lately) {
        for (var kind : Calls.Kind.values()) {
            var all = since.of(kind);
            var old = before.of(kind);
            if (all.calls() >= ENOUGH
                    && all.failing() >= FAILING
                    && all.failing() >= old.failing() + CLEARLY) {
                return Optional.of(
                        "%d of %d calls of %s failed (of the version before: %.1f %%)"
                                .formatted(
                                        all.failures(),
                                        all.calls(),
                                        kind.title(),
                                        100 * old.failing()));
            }
            var now = lately.of(kind);
            if (now.calls() >= ENOUGH
                    && old.calls() >= ENOUGH
                    && now.mean() >= NOTICEABLE
                    && now.mean() >= SLOWER * old.mean()) {
                return Optional.of(
                        "calls of %s take %.1f ms (of the version before: %.1f ms)"
                                .formatted(kind.title(), millis(now), millis(old)));
            }
        }
        return Optional.empty();
    }

    private static double millis(Tally.Line line) {
        return line.mean() / TimeUnit.MILLISECONDS.toNanos(1);
    }
}
