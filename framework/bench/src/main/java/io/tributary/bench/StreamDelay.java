package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
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

    private final Plan plan;
    private final Report report;
    private final Readers readers;

    /// Who reads.
    ///
    /// @param table where it is told
    /// @param text what is put before the figures; empty: nothing
    record Readers(String table, String text, int count, double goalMillis) {

        /// Of the member that is written to.
        static final Readers SAME = new Readers("stream", "", 50, 20);
    }

    StreamDelay(Plan plan, Report report, Readers readers) {
        this.plan = plan;
        this.report = report;
        this.readers = readers;
    }

    private record Round(Contestant.Round sent, Audience.Seen seen, double reading) {
        Load.Result load() {
            return sent.load();
        }

        double afterAnswered(double percentile) {
            return seen.afterAnswered().getValueAtPercentile(percentile) / 1000.0;
        }

        double afterAsked(double percentile) {
            return seen.afterAsked().getValueAtPercentile(percentile) / 1000.0;
        }
    }

    /// @param to who is written to
    /// @param from the server that is read
    /// @param full requests per second that fit through without readers
    void run(Contestant to, URI from, double full) throws IOException {
        double perSecond = full / 2;
        Duration each = plan.stream().dividedBy(plan.rounds());
        List<Round> rounds = new ArrayList<>();
        try (var audience = Audience.open(from, Member.TOKEN, readers.count())) {
            round(to, audience, plan.round(), perSecond);
            for (int number = 1; number <= plan.rounds(); number++) {
                Round round = round(to, audience, each, perSecond);
                rounds.add(round);
                report.say(
                        "stream %d at %.0f/s, %d readers: p99 %.2f ms after the acknowledgement, %.2f ms after the request",
                        number,
                        perSecond,
                        readers.count(),
                        round.afterAnswered(99),
                        round.afterAsked(99));
            }
        }
        tell(rounds, perSecond);
    }

    private static Round round(Contestant to, Audience audience, Duration time, double perSecond)
            throws IOException {
        int most = (int) (perSecond * time.toMillis() / 1000) + 100;
        Webhooks webhooks = to.webhooks();
        audience.expect(webhooks.first(), most);
        double reading = audience.cpuSeconds();
        Load load = to.load(webhooks.made(most), audience);
        Audience.Seen[] seen = new Audience.Seen[1];
        Contestant.Round sent =
                to.round(() -> {
                    Load.Result result = load.open(time, perSecond);
                    seen[0] = audience.seen(result.answered());
                    return result;
                });
        return new Round(sent, seen[0], audience.cpuSeconds() - reading);
    }

    private void tell(List<Round> rounds, double perSecond) {
        String at =
                String.format(
                        Locale.ROOT,
                        "%s%d readers, %,.0f messages/s",
                        readers.text(),
                        readers.count(),
                        perSecond);
        String within = String.format(Locale.ROOT, "goal < %.0f ms", readers.goalMillis());
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
                readers.table(),
                "events that reached sockets",
                Spread.of(rounds, each -> each.seen().events() / each.load().seconds())
                                .text("%,.0f")
                        + " /s",
                "none missing",
                "each message to each reader");
        report.add(
                readers.table(),
                "processor",
                Spread.of(rounds, each -> each.sent().server() / each.load().seconds()).text("%.2f")
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
                readers.table(),
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
