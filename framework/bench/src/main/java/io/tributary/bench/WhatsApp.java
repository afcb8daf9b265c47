package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// How fast messages are stored that come in batches of 1,000, beside those that come each in a
/// webhook of its own, on the same member in turn.
record WhatsApp(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "whatsapp";
    private static final double GOAL = 0.6;
    private static final int BATCH = 1_000;
    private static final int SENDERS = 10_000;

    /// So many batches at once are as much work as many single webhooks.
    private static final int BATCHES_AT_ONCE = 8;

    /// Messages after which most of the code is compiled.
    private static final long WARM = 40_000;

    private static final double SAME = 0.05;
    private static final double FIRST_GUESS = 4_000;

    /// @param each messages in a webhook
    /// @param made so many webhooks, ready to be sent
    private record Side(
            String name,
            URI door,
            int each,
            int atOnce,
            IntFunction<Supplier<byte[]>> made,
            List<Contestant.Round> rounds) {

        double perSecond(Contestant.Round round) {
            return round.perSecond() * each;
        }

        double micros(Contestant.Round round) {
            return round.microsEach() / each;
        }
    }

    @Override
    public void run() throws IOException, InterruptedException {
        var settings =
                Map.of(
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true",
                        "TRIBUTARY_HTTP_BODY_LIMIT", "4MB");
        try (Member member = Member.start(launcher, folder, settings)) {
            member.install(PluginJars.of(plan.project(), "social-meta"));
            member.account(
                    "meta",
                    """
                    {"channel": "social-meta",
                     "config": {"apiBase": "http://127.0.0.1:9", "whatsapp": [{"phoneNumberId": "%s", "number": "%s"}]},
                     "secrets": {"appSecret": "%s", "verifyToken": "verify", "accessToken": "access"}}\
                    """
                            .formatted(
                                    MetaBatches.PHONE_NUMBER_ID,
                                    MetaBatches.NUMBER,
                                    MetaBatches.APP_SECRET));
            Side sms =
                    new Side(
                            "SMS",
                            member.webhook(),
                            1,
                            Contestant.CONNECTIONS,
                            new Webhooks(member.webhook(), SENDERS)::made,
                            new ArrayList<>());
            URI door = member.webhook("meta");
            Side batches =
                    new Side(
                            "WhatsApp",
                            door,
                            BATCH,
                            BATCHES_AT_ONCE,
                            new MetaBatches(door, SENDERS, BATCH)::made,
                            new ArrayList<>());
            warmUp(member, List.of(sms, batches));
            for (int number = 1; number <= plan.rounds(); number++) {
                sms.rounds().add(round(member, sms, plan.round()));
                batches.rounds().add(round(member, batches, plan.round()));
                report.say(
                        "round %d: SMS %.0f/s, WhatsApp %.0f/s",
                        number,
                        sms.perSecond(sms.rounds().getLast()),
                        batches.perSecond(batches.rounds().getLast()));
            }
            tell(sms, batches);
        }
    }

    /// Rounds that do not count, of both in turn, until each is as fast as the last time.
    private void warmUp(Member member, List<Side> sides) throws IOException, InterruptedException {
        boolean steady = false;
        for (int number = 1; number <= plan.warmUps() && !steady; number++) {
            steady = true;
            for (Side side : sides) {
                double before = expected(side);
                side.rounds().add(round(member, side, plan.round()));
                double now = expected(side);
                steady &= isWarm(side) && Math.abs(now - before) < SAME * Math.max(now, before);
                report.say("warm-up %d: %s %.0f/s", number, side.name(), now);
            }
        }
        if (!steady) {
            report.say("not steady after %d rounds", plan.warmUps());
        }
        for (Side side : sides) {
            Contestant.Round last = side.rounds().getLast();
            side.rounds().clear();
            side.rounds().add(last);
        }
    }

    private static boolean isWarm(Side side) {
        return side.rounds().stream().mapToLong(each -> each.load().answered() * side.each()).sum()
                > WARM;
    }

    private static double expected(Side side) {
        return side.rounds().isEmpty() ? FIRST_GUESS : side.perSecond(side.rounds().getLast());
    }

    /// As many webhooks as the time should take; all of them are answered, and what was answered is
    /// stored.
    private static Contestant.Round round(Member member, Side side, Duration time)
            throws IOException, InterruptedException {
        double webhooks = expected(side) * time.toMillis() / 1000 / side.each();
        int count = Math.max(side.atOnce(), (int) webhooks);
        long before = member.head();
        var load = new Load(side.door(), side.atOnce(), side.made().apply(count));
        Contestant.Round round =
                Contestant.round(side.name(), member.server(), () -> load.closed(count));
        long stored = member.head() - before;
        if (stored != round.load().answered() * side.each() || round.load().refused() > 0) {
            throw new IOException(
                    "%s: %d webhooks were taken, %d refused, %d interactions stored"
                            .formatted(
                                    side.name(),
                                    round.load().answered(),
                                    round.load().refused(),
                                    stored));
        }
        return round;
    }

    private void tell(Side sms, Side batches) {
        // the first was the last of the warm-up
        List<Contestant.Round> single = sms.rounds().subList(1, sms.rounds().size());
        List<Contestant.Round> many = batches.rounds().subList(1, batches.rounds().size());
        add(sms, single, "one message a webhook, 64 at once", "the yardstick");
        add(batches, many, "1,000 messages a webhook, 8 at once", "of one signed JSON each");
        report.add(
                TABLE,
                "WhatsApp to SMS, round by round",
                Spread.ofRatios(many, batches::perSecond, single, sms::perSecond).text("%.2f"),
                String.format(Locale.ROOT, "goal ≥ %.1f", GOAL),
                "messages a second in batches, to messages a second one by one");
        report.add(
                TABLE,
                "a batch, until it is answered, p50",
                Spread.of(many, each -> each.load().percentileMillis(50)).text("%,.0f") + " ms",
                "p99 "
                        + Spread.of(many, each -> each.load().percentileMillis(99)).text("%,.0f")
                        + " ms",
                "all 1,000 are durable then; 8 are under way");
    }

    private void add(Side side, List<Contestant.Round> rounds, String beside, String meaning) {
        report.add(
                TABLE,
                side.name() + ", messages",
                Spread.of(rounds, side::perSecond).text("%,.0f") + " /s",
                beside,
                meaning);
        report.add(
                TABLE,
                side.name() + ", processor",
                Spread.of(rounds, side::micros).text("%.0f") + " µs a message",
                Contestant.generator(rounds),
                "what the member itself took");
    }
}
