package io.tributary.faults;

import io.tributary.faults.Violation.Kind;
import io.tributary.twilio.simulator.Fault;
import io.tributary.twilio.simulator.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a channel has declared of an account, held against what the provider saw.
///
/// @param perSecond how many may be handed over in any second
/// @param atOnce how many may be under way side by side
record Allowance(int perSecond, int atOnce) {

    /// So much may the clocks of two processes differ in twenty seconds.
    private static final long CLOCKS = Duration.ofMillis(10).toNanos();

    /// After a kill, what was on the way comes within this time.
    private static final long ON_THE_WAY = Duration.ofSeconds(10).toNanos();

    /// After which a sender waits no longer for an answer.
    private static final long DEADLINE = Duration.ofSeconds(30).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /// Stretches of so many seconds are looked at.
    private static final int[] STRETCHES = {1, 2, 5, 20};

    /// A request may be long on its way, so what left before a stretch may come within it: never
    /// more than may be under way, and as many again for a process that was killed meanwhile.
    ///
    /// @param seen in the order of coming
    /// @param kills when the sender was killed, by [System#nanoTime()]
    List<Violation> check(List<Submission> seen, List<Long> kills) {
        List<Violation> found = new ArrayList<>();
        for (int seconds : STRETCHES) {
            for (int i = 0; i < seen.size(); i++) {
                long from = seen.get(i).began();
                int most = perSecond * seconds + late(from, seconds, kills);
                if (i + most < seen.size()) {
                    long span = seen.get(i + most).began() - from;
                    if (span < seconds * SECOND - CLOCKS) {
                        found.add(exceeded(most + 1, span));
                    }
                }
            }
        }
        int most = mostAtOnce(seen, kills);
        if (most > atOnce) {
            found.add(new Violation(Kind.EXCEEDED, most + " were under way at once"));
        }
        return found;
    }

    private int late(long from, int seconds, List<Long> kills) {
        long near =
                kills.stream()
                        .filter(at -> at > from - ON_THE_WAY && at < from + seconds * SECOND)
                        .count();
        return atOnce * (1 + (int) near);
    }

    private static Violation exceeded(int count, long span) {
        return new Violation(
                Kind.EXCEEDED, "%d came within %d ms".formatted(count, span / 1_000_000));
    }

    static int mostAtOnce(List<Submission> seen, List<Long> kills) {
        record Step(long at, int change) {}
        List<Step> steps = new ArrayList<>();
        for (Submission each : seen) {
            steps.add(new Step(each.began(), 1));
            steps.add(new Step(ended(each, kills), -1));
        }
        // who ends when another begins was not beside it
        steps.sort(Comparator.comparingLong(Step::at).thenComparingInt(Step::change));
        int now = 0;
        int most = 0;
        for (Step step : steps) {
            now += step.change();
            most = Math.max(most, now);
        }
        return most;
    }

    /// A provider that sleeps does not see the sender give up, or being killed.
    private static long ended(Submission each, List<Long> kills) {
        if (!(each.fault() instanceof Fault.Slow(Duration late))) {
            return each.ended();
        }
        long left = each.began() + Math.min(late.toNanos(), DEADLINE);
        return kills.stream().filter(at -> at > each.began()).reduce(left, Math::min);
    }
}
