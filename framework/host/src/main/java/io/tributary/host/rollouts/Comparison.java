package io.tributary.host.rollouts;

import io.tributary.host.calls.Calls;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Holds a new version against the one before it, kind of call by kind of call.
///
/// A version does worse when one call in twenty fails and before it clearly fewer did, or when it
/// takes ten times as long. Below [#ENOUGH] calls nothing is concluded, and times below
/// [#NOTICEABLE] are nobody's concern. Code that was just loaded is slow before it is compiled, and
/// one pause of a busy machine weighs as much as hundreds of calls: it has to take so long in
/// [#SLOW_LOOKS] looks, and in most of those that saw calls.
final class Comparison {

    static final int ENOUGH = 20;
    static final double NOTICEABLE = TimeUnit.MILLISECONDS.toNanos(2);
    static final int SLOW_LOOKS = 4;

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
    /// @param lately what each of the last few looks has seen
    Optional<String> objection(Tally since, List<Tally> lately) {
        var together = Tally.sum(lately);
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
            var now = together.of(kind);
            if (now.calls() >= ENOUGH
                    && old.calls() >= ENOUGH
                    && isSlow(now, old)
                    && mostly(lately.stream().map(each -> each.of(kind)).toList(), old)) {
                return Optional.of(
                        "calls of %s take %.1f ms (of the version before: %.1f ms)"
                                .formatted(kind.title(), millis(now), millis(old)));
            }
        }
        return Optional.empty();
    }

    private static boolean isSlow(Tally.Line now, Tally.Line old) {
        return now.mean() >= NOTICEABLE && now.mean() >= SLOWER * old.mean();
    }

    private static boolean mostly(List<Tally.Line> looks, Tally.Line old) {
        long seeing = looks.stream().filter(each -> each.calls() > 0).count();
        long slow = looks.stream().filter(each -> isSlow(each, old)).count();
        return slow >= SLOW_LOOKS && 2 * slow > seeing;
    }

    private static double millis(Tally.Line line) {
        return line.mean() / TimeUnit.MILLISECONDS.toNanos(1);
    }
}
