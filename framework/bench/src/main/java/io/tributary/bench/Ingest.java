package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Durable ingest beside a server that does nothing, and beside the same work on Apache Camel.
record Ingest(Plan plan, Report report, Launcher launcher, Path folder) {

    private static final String TABLE = "ingest";
    private static final double GOAL = 0.30;
    private static final double GOAL_MILLIS = 25;

    private static final Map<String, String> MEANING =
            Map.of(
                    "no-op", "a bare Vert.x server that reads the body and answers",
                    "durable", "verified, translated, committed with fsync, then answered",
                    "Camel, nothing kept", "verified, made JSON, answered",
                    "Camel, one row", "the same, and one SQL insert with fsync for each request");

    /// @return the member's requests per second
    double run(Member member) throws IOException, InterruptedException {
        List<Contestant> contestants = new ArrayList<>();
        try (Server idle = idle();
                CamelServers camel = camel()) {
            var nothing = new Contestant("no-op", idle, false);
            var durable = new Contestant("durable", member.server(), true);
            contestants.add(nothing);
            contestants.add(durable);
            contestants.addAll(camel.contestants());
            for (Contestant each : contestants) {
                if (each != nothing) {
                    each.mustRefuseForgeries();
                }
            }
            var rounds = new Rounds(plan, report, contestants);
            rounds.warmUp();
            var measured = rounds.measure();
            double rate = tell(nothing, durable, measured);
            if (plan.has(Plan.Part.INGEST)) {
                steady(durable, rate / 2);
            }
            return rate;
        }
    }

    /// Only learns what a member takes, for parts that load it with a share of that.
    double alone(Member member) throws IOException {
        var durable = new Contestant("durable", member.server(), true);
        var rounds = new Rounds(plan, report, List.of(durable));
        rounds.warmUp();
        return Spread.of(
                        rounds.measure().getOrDefault(durable, List.of()),
                        Contestant.Round::perSecond)
                .median();
    }

    private Server idle() throws IOException {
        return Server.java(
                folder.resolve("no-op.log"),
                launcher.tuning(),
                System.getProperty("java.class.path"),
                NoOpServer.class.getName(),
                Integer.toString(Server.freePort()));
    }

    private CamelServers camel() throws IOException {
        return plan.has(Plan.Part.CAMEL)
                ? CamelServers.start(plan.project(), launcher.tuning(), folder)
                : CamelServers.NONE;
    }

    private double tell(
            Contestant nothing,
            Contestant durable,
            Map<Contestant, List<Contestant.Round>> measured) {
        List<Contestant.Round> yardstick = measured.getOrDefault(nothing, List.of());
        double most = Spread.of(yardstick, Contestant.Round::perSecond).median();
        measured.forEach((each, rounds) -> {
            Spread rate = Spread.of(rounds, Contestant.Round::perSecond);
            report.add(
                    TABLE,
                    each.name() + ", requests",
                    rate.text("%,.0f") + " /s",
                    each == nothing
                            ? "the yardstick"
                            : String.format(Locale.ROOT, "%.3f of no-op", rate.median() / most),
                    MEANING.getOrDefault(each.name(), ""));
            report.add(
                    TABLE,
                    each.name() + ", processor",
                    Spread.of(rounds, Contestant.Round::microsEach).text("%.0f") + " µs a request",
                    Contestant.generator(rounds),
                    "what the server itself took");
        });
        List<Contestant.Round> ours = measured.getOrDefault(durable, List.of());
        report.add(
                TABLE,
                "durable to no-op, round by round",
                Spread.ofRatios(
                                ours,
                                Contestant.Round::perSecond,
                                yardstick,
                                Contestant.Round::perSecond)
                        .text("%.3f"),
                String.format(Locale.ROOT, "goal ≥ %.2f", GOAL),
                "how much of a bare server's speed is left when nothing is lost");
        return Spread.of(ours, Contestant.Round::perSecond).median();
    }

    private void steady(Contestant durable, double perSecond) throws IOException {
        List<Contestant.Round> rounds = new ArrayList<>();
        for (int number = 1; number <= plan.rounds(); number++) {
            Contestant.Round round = durable.open(plan.round(), perSecond);
            rounds.add(round);
            report.say(
                    "open loop %d at %.0f/s: p50 %.2f, p99 %.2f, p99.9 %.2f ms",
                    number,
                    perSecond,
                    round.load().percentileMillis(50),
                    round.load().percentileMillis(99),
                    round.load().percentileMillis(99.9));
        }
        percentile(rounds, perSecond, 50, "half of all answers come sooner");
        percentile(rounds, perSecond, 99, "from the moment each request was due");
        percentile(rounds, perSecond, 99.9, "one in a thousand waits longer");
        report.add(
                TABLE,
                "the same, processor",
                Spread.of(rounds, Contestant.Round::microsEach).text("%.0f") + " µs a request",
                Contestant.generator(rounds),
                "dearer than at full rate: fewer requests share a commit");
    }

    private void percentile(
            List<Contestant.Round> rounds, double perSecond, double percentile, String meaning) {
        report.add(
                TABLE,
                String.format(
                        Locale.ROOT, "durable at %,.0f /s, p%s", perSecond, number(percentile)),
                Spread.of(rounds, each -> each.load().percentileMillis(percentile)).text("%.1f")
                        + " ms",
                percentile == 99 ? String.format(Locale.ROOT, "goal < %.0f ms", GOAL_MILLIS) : "",
                meaning);
    }

    private static String number(double percentile) {
        return percentile == Math.rint(percentile)
                ? Long.toString(Math.round(percentile))
                : Double.toString(percentile);
    }
}
