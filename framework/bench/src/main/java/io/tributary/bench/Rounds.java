package io.tributary.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Rounds of several contestants in turn, so that a slower minute of the machine meets all of them.
final class Rounds {

    /// Who differs less than this between two rounds is warm, but nobody is before the third.
    private static final double SAME = 0.05;

    private static final int COLD = 2;

    private final Plan plan;
    private final Report report;
    private final List<Contestant> contestants;

    Rounds(Plan plan, Report report, List<Contestant> contestants) {
        this.plan = plan;
        this.report = report;
        this.contestants = contestants;
    }

    /// Rounds that do not count, until each is warm.
    void warmUp() throws IOException {
        Map<Contestant, Double> last = new LinkedHashMap<>();
        List<Contestant> cold = new ArrayList<>(contestants);
        for (int round = 1; round <= plan.warmUps() && !cold.isEmpty(); round++) {
            var line = new StringBuilder("warm-up " + round + ":");
            for (Contestant each : List.copyOf(cold)) {
                double rate = each.closed(plan.round()).perSecond();
                line.append(String.format(Locale.ROOT, " %s %.0f/s", each.name(), rate));
                Double before = last.put(each, rate);
                if (round > COLD
                        && each.warm()
                        && before != null
                        && Math.abs(rate - before) < SAME * Math.max(rate, before)) {
                    cold.remove(each);
                }
            }
            report.say("%s", line);
        }
        if (!cold.isEmpty()) {
            report.say(
                    "not steady after %d rounds: %s",
                    plan.warmUps(), cold.stream().map(Contestant::name).toList());
        }
    }

    /// Rounds that count.
    Map<Contestant, List<Contestant.Round>> measure() throws IOException {
        Map<Contestant, List<Contestant.Round>> measured = new LinkedHashMap<>();
        for (int number = 1; number <= plan.rounds(); number++) {
            var line = new StringBuilder("round " + number + ":");
            for (Contestant each : contestants) {
                Contestant.Round round = each.closed(plan.round());
                measured.computeIfAbsent(each, _ -> new ArrayList<>()).add(round);
                line.append(
                        String.format(Locale.ROOT, " %s %.0f/s", each.name(), round.perSecond()));
                if (round.load().refused() > 0) {
                    line.append(" (").append(round.load().refused()).append(" refused)");
                }
            }
            report.say("%s", line);
        }
        return measured;
    }
}
