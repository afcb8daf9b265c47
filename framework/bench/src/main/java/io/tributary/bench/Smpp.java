package io.tributary.bench;

import io.tributary.smpp.simulator.Smsc;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;

/// How fast messages go to an SMSC that takes them at once: out of a member's full outbox, over the
/// channel's bind with nothing before it, and over a bare client's; in the same window.
record Smpp(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "smpp";
    private static final int WINDOW = 50;
    private static final double GOAL = 1_000;

    /// More than comes out: the account's own limit is not to be met.
    private static final int FAST = 10_000;

    /// Messages a second.
    ///
    /// @param alone over the channel's bind
    /// @param bare over a client with nothing around it
    private record Round(Outbox.Emptied outbox, double alone, double bare) {

        double sent() {
            return outbox.tally().perSecond();
        }
    }

    /// Something that submits as long as there is to be more.
    @FunctionalInterface
    private interface Submitting {
        void submit(LongPredicate more) throws IOException, InterruptedException;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        int port = Server.freePort();
        URI url = URI.create("smpp://127.0.0.1:" + port);
        try (Provider smsc =
                        Provider.start(
                                launcher,
                                folder.resolve("smsc.log"),
                                InstantSmsc.class,
                                Integer.toString(port));
                Member member =
                        Member.start(
                                launcher,
                                folder,
                                Map.of("TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true"));
                Filling filling = new Filling(member.server().url(), TABLE, _ -> Webhooks.NUMBER)) {
            member.install(PluginJars.of(plan.project(), "sms-smpp"));
            var outbox = new Outbox(member, filling, smsc, pace -> put(member, url, pace), FAST, 1);
            try (ChannelBind alone = ChannelBind.open(url, WINDOW);
                    BareEsme bare = BareEsme.bind(url, WINDOW)) {
                tell(rounds(outbox, smsc, alone, bare));
            }
        }
    }

    private static void put(Member member, URI smsc, int perSecond)
            throws IOException, InterruptedException {
        member.account(
                TABLE,
                """
                {"channel": "sms-smpp",
                 "config": {"url": "%s", "systemId": "%s", "lines": ["%s"], "window": %d, "messagesPerSecond": %d},
                 "secrets": {"password": "%s"}}\
                """
                        .formatted(
                                smsc,
                                Smsc.SYSTEM_ID,
                                Webhooks.NUMBER,
                                WINDOW,
                                perSecond,
                                Smsc.PASSWORD));
    }

    private List<Round> rounds(Outbox outbox, Provider smsc, ChannelBind alone, BareEsme bare)
            throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int number = 0; number <= plan.rounds(); number++) {
            Round round =
                    new Round(
                            outbox.round(plan.submits()),
                            perSecond(smsc, alone::submit),
                            perSecond(smsc, bare::submit));
            report.say(
                    "%s: %.0f/s of the outbox, %.0f/s over the bind alone, %.0f/s bare; %.0f µs a message",
                    number == 0 ? "warm-up" : "round " + number,
                    round.sent(),
                    round.alone(),
                    round.bare(),
                    round.outbox().micros());
            if (number > 0) {
                rounds.add(round);
            }
        }
        return rounds;
    }

    private double perSecond(Provider smsc, Submitting what)
            throws IOException, InterruptedException {
        smsc.begin();
        long end = System.nanoTime() + plan.round().dividedBy(2).toNanos();
        what.submit(_ -> System.nanoTime() < end);
        return smsc.count().perSecond();
    }

    private void tell(List<Round> rounds) {
        String goal = String.format(Locale.ROOT, "window %d, goal ≥ %,.0f /s", WINDOW, GOAL);
        add(
                "out of the outbox",
                Spread.of(rounds, Round::sent).text("%,.0f") + " /s",
                String.format(
                        Locale.ROOT,
                        "%,d over %,d conversations; window %d",
                        plan.submits(),
                        Outbox.CONVERSATIONS,
                        WINDOW),
                "from the first to the last that the SMSC saw; before each and after it something is committed");
        add(
                "the same, processor",
                Spread.of(rounds, each -> each.outbox().micros()).text("%,.0f") + " µs a message",
                "",
                "what the member itself took");
        add(
                "the same, heap after a collection",
                Spread.of(rounds, each -> each.outbox().full()).text("%,.1f")
                        + " MB while all wait",
                Spread.of(rounds, each -> each.outbox().empty()).text("%,.1f")
                        + " MB when all are sent",
                "of rounds on the same log, one after another");
        add(
                "over the channel's bind alone",
                Spread.of(rounds, Round::alone).text("%,.0f") + " /s",
                goal,
                "50 callers, each of whom sends when the last message was answered; nothing is kept");
        add(
                "over a bare client's bind",
                Spread.of(rounds, Round::bare).text("%,.0f") + " /s",
                "the yardstick",
                "the same PDUs in the same window, by one thread that writes and one that reads");
        add(
                "bind alone to bare, round by round",
                Spread.ofRatios(rounds, Round::alone, rounds, Round::bare).text("%.2f"),
                "",
                "how much of it the channel leaves");
    }

    private void add(String figure, String measured, String beside, String meaning) {
        report.add(TABLE, figure, measured, beside, meaning);
    }
}
