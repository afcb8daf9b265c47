package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What a good channel's webhooks feel of a bad plugin beside them: the delay of their answers at a
/// quarter of what the member takes, alone and beside each kind of harm, round by round.
record Neighbours(Plan plan, Report report, Launcher launcher, Path folder) {

    private static final String TABLE = "neighbours";
    private static final double GOAL = 2;
    private static final long GOAL_SECONDS = 10;
    private static final double SHARE = 0.25;

    /// @param full requests per second that the member takes
    void run(Member member, double full) throws IOException, InterruptedException {
        double perSecond = full * SHARE;
        var good = new Contestant("durable", member.server(), true);
        for (Bruteness what : plan.harms()) {
            List<Contestant.Round> alone = new ArrayList<>();
            for (int number = 1; number <= plan.rounds(); number++) {
                alone.add(good.open(plan.round(), perSecond));
            }
            member.install(BruteJar.write(what, launcher.home().resolve("lib"), folder));
            member.account(what.id(), "{\"channel\": \"" + what.id() + "\", \"config\": {}}");
            var watch = new QuarantineWatch(member, what.id());
            List<Contestant.Round> beside = new ArrayList<>();
            try (var pest = new Pest(member.webhook(what.id()));
                    watch) {
                var _ = pest;
                for (int number = 1; number <= plan.rounds(); number++) {
                    beside.add(good.open(plan.round(), perSecond));
                }
            }
            tell(what, perSecond, alone, beside, watch.after());
        }
    }

    private void tell(
            Bruteness what,
            double perSecond,
            List<Contestant.Round> alone,
            List<Contestant.Round> beside,
            String quarantine) {
        Spread without = Spread.of(alone, each -> each.load().percentileMillis(99));
        Spread with = Spread.of(beside, each -> each.load().percentileMillis(99));
        long refused = beside.stream().mapToLong(each -> each.load().refused()).sum();
        report.say(
                "beside one that %s: p99 %s ms (alone %s), refused %d, quarantine %s",
                what.text(), with.text("%.1f"), without.text("%.1f"), refused, quarantine);
        report.add(
                TABLE,
                String.format(
                        Locale.ROOT, "p99 at %,.0f /s beside one that %s", perSecond, what.text()),
                with.text("%.1f") + " ms, alone " + without.text("%.1f") + " ms",
                String.format(
                        Locale.ROOT,
                        "×%.2f, goal ≤ %.0f; refused %d",
                        with.median() / without.median(),
                        GOAL,
                        refused),
                "in quarantine "
                        + quarantine
                        + (quarantine.startsWith("after")
                                ? ", goal " + GOAL_SECONDS + " s"
                                : ": it answers or fails at once"));
    }

    /// Looks when a plugin is shut out.
    private static final class QuarantineWatch implements AutoCloseable {

        private static final Duration OFTEN = Duration.ofMillis(100);

        private final Thread thread;
        private volatile String after = "never";

        QuarantineWatch(Member member, String plugin) {
            long began = System.nanoTime();
            thread =
                    Thread.ofVirtual()
                            .name("quarantine-watch")
                            .start(() -> look(member, plugin, began));
        }

        private void look(Member member, String plugin, long began) {
            try {
                while (after.equals("never")) {
                    JsonNode now = member.plugin(plugin);
                    if (now.path("health").stringValue("").equals("quarantined")) {
                        after =
                                String.format(
                                        Locale.ROOT,
                                        "after %.1f s",
                                        (System.nanoTime() - began) / 1e9);
                    }
                    Thread.sleep(OFTEN);
                }
            } catch (IOException failure) {
                after = "unknown: " + failure.getMessage();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }

        String after() {
            return after;
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
