package io.tributary.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long after the commit an interaction reaches the sockets of those who read the stream, while
/// messages come at half the rate that the member takes.
///
/// The commit itself cannot be seen from outside. It lies between the moment the request was sent
/// and the moment its acknowledgement was read, both on the clock of the process that also reads
/// the streams; so two times are told: from the acknowledgement (a little too short: by the
/// acknowledgement's own way back) and from the request (too long: with the whole of ingest).
final class StreamDelay {

    private static final String TABLE = "stream";
    private static final int READERS = 50;
    private static final int SENDERS = 10_000;
    private static final double GOAL_MILLIS = 20;

    private final Plan plan;
    private final Report report;

    StreamDelay(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    private record Round(Load.Result load, Audience.Seen seen, double reading, double server) {
        double afterAnswered(double percentile) {
            return seen.afterAnswered().getValueAtPercentile(percentile) / 1000.0;
        }

        double afterAsked(double percentile) {
            return seen.afterAsked().getValueAtPercentile(percentile) / 1000.0;
        }
    }

    /// @param full requests per second that the member takes without readers
    void run(Member member, double full) throws IOException {
        double perSecond = full / 2;
        Duration each = plan.stream().dividedBy(plan.rounds());
        List<Round> rounds = new ArrayList<>();
        try (var audience = new Audience(member.server().url(), Member.TOKEN, READERS)) {
            round(member, audience, plan.round(), perSecond);
            for (int number = 1; number <= plan.rounds(); number++) {
                Round round = round(member, audience, each, perSecond);
                rounds.add(round);
                report.say(
                        "stream %d at %.0f/s, %d readers: p99 %.2f ms after the acknowledgement, %.2f ms after the request",
                        number, perSecond, READERS, round.afterAnswered(99), round.afterAsked(99));
            }
        }
        tell(rounds, perSecond);
    }

    private static Round round(Member member, Audience audience, Duration time, double perSecond)
            throws IOException {
        int most = (int) (perSecond * time.toMillis() / 1000) + 100;
        var webhooks = new Webhooks(member.webhook(), SENDERS);
        audience.expect(webhooks.first(), most);
        double reading = audience.cpuSeconds();
        double server = member.server().cpuSeconds();
        var load =
                new Load(member.webhook(), Contestant.CONNECTIONS, webhooks.made(most), audience);
        Load.Result result = load.open(time, perSecond);
        Audience.Seen seen = audience.seen(result.answered());
        return new Round(
                result,
                seen,
                audience.cpuSeconds() - reading,
                member.server().cpuSeconds() - server);
    }

    private void tell(List<Round> rounds, double perSecond) {
        String at = String.format(Locale.ROOT, "%d readers, %,.0f messages/s", READERS, perSecond);
        String within = String.format(Locale.ROOT, "goal < %.0f ms", GOAL_MILLIS);
        after(
                at + ", after the acknowledgement, p50",
                rounds,
                50,
                true,
                "",
                "half of all events come sooner");
        after(
                "the same, p99",
                rounds,
                99,
                true,
                within,
                "commit to socket, but for the acknowledgement's own way");
        after("the same, p99.9", rounds, 99.9, true, "", "");
        after(
                "after the request was sent, p99",
                rounds,
                99,
                false,
                "",
                "the upper bound: with all of ingest");
        report.add(
                TABLE,
                "events that reached sockets",
                Spread.of(rounds, each -> each.seen().events() / each.load().seconds())
                                .text("%,.0f")
                        + " /s",
                "none missing",
                "each message to each reader");
        report.add(
                TABLE,
                "processor",
                Spread.of(rounds, each -> each.server() / each.load().seconds()).text("%.2f")
                        + " cores",
                String.format(
                        Locale.ROOT,
                        "senders and readers %.2f cores",
                        Spread.of(
                                        rounds,
                                        each ->
                                                (each.reading() + each.load().generator())
                                                        / each.load().seconds())
                                .median()),
                "what the member itself took");
    }

    private void after(
            String figure,
            List<Round> rounds,
            double percentile,
            boolean acknowledged,
            String beside,
            String meaning) {
        report.add(
                TABLE,
                figure,
                Spread.of(
                                        rounds,
                                        each ->
                                                acknowledged
                                                        ? each.afterAnswered(percentile)
                                                        : each.afterAsked(percentile))
                                .text("%.1f")
                        + " ms",
                beside,
                meaning);
    }
}
