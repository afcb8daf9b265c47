package io.tributary.faults;

import io.tributary.faults.Violation.Kind;
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

    /// What two requests may come nearer to each other than they left: their ways differ, and the
    /// processor has others to serve.
    static final Duration JITTER = Duration.ofMillis(300);

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /// Stretches of so many seconds are looked at.
    private static final int[] STRETCHES = {1, 2, 5, 20};

    /// @param seen in the order of coming
    List<Violation> check(List<Submission> seen) {
        List<Violation> found = new ArrayList<>();
        for (int seconds : STRETCHES) {
            int most = perSecond * seconds;
            for (int i = 0; i + most < seen.size(); i++) {
                long span = seen.get(i + most).began() - seen.get(i).began();
                if (span < seconds * SECOND - JITTER.toNanos()) {
                    found.add(
                            new Violation(
                                    Kind.EXCEEDED,
                                    "%d came within %d ms".formatted(most + 1, span / 1_000_000)));
                }
            }
        }
        int most = mostAtOnce(seen);
        if (most > atOnce) {
            found.add(new Violation(Kind.EXCEEDED, most + " were under way at once"));
        }
        return found;
    }

    static int mostAtOnce(List<Submission> seen) {
        record Step(long at, int change) {}
        List<Step> steps = new ArrayList<>();
        for (Submission each : seen) {
            steps.add(new Step(each.began(), 1));
            steps.add(new Step(each.ended(), -1));
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
}
