package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How fast a full outbox goes out through a provider that answers at once, beside a bare client of
/// the same provider; and what it costs to wait with a full one.
record Dispatch(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "dispatch";
    private static final double GOAL = 0.3;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// Messages a second over each number.
    private static final int FAST = 1_000;

    /// The account's numbers, each with a rate of its own: all together they go as fast as can be.
    private static final int LINES = 32;

    /// @param outbox of a member
    /// @param bare messages that a bare client sent in a second
    private record Round(Outbox.Emptied outbox, double bare) {

        double sent() {
            return outbox.tally().perSecond();
        }

        double ratio() {
            return sent() / bare;
        }
    }

    @Override
    public void run() throws IOException, InterruptedException {
        try (Provider provider =
                Provider.start(launcher, folder.resolve("provider.log"), InstantProvider.class)) {
            try (Fleet fleet =
                    Fleet.sqlite(launcher, Files.createDirectory(folder.resolve("sqlite")))) {
                on("SQLite", fleet, provider, null);
            }
            try (Postgres database = Postgres.start(folder);
                    Fleet fleet =
                            Fleet.postgres(
                                    launcher,
                                    Files.createDirectory(folder.resolve("members")),
                                    database,
                                    1,
                                    Fleet.Bond.ALONE)) {
                on("PostgreSQL", fleet, provider, database);
            }
        }
    }

    private void on(String log, Fleet fleet, Provider provider, @Nullable Postgres database)
            throws IOException, InterruptedException {
        Member member = fleet.members().getFirst();
        try (Filling filling = new Filling(member.server().url(), "dispatch", Dispatch::line)) {
            var outbox =
                    new Outbox(
                            member,
                            filling,
                            provider,
                            perSecond -> account(member, provider, perSecond),
                            FAST,
                            LINES);
            List<Round> rounds = new ArrayList<>();
            for (int number = 0; number <= plan.rounds(); number++) {
                Round round =
                        new Round(
                                outbox.round(plan.sends()),
                                new BareClient(provider).post(plan.sends()).perSecond());
                report.say(
                        "%s, %s: %.0f/s, bare %.0f/s, %.3f; %.0f µs a message; heap %.1f, then %.1f MB",
                        log,
                        number == 0 ? "warm-up" : "round " + number,
                        round.sent(),
                        round.bare(),
                        round.ratio(),
                        round.outbox().micros(),
                        round.outbox().full(),
                        round.outbox().empty());
                if (number > 0) {
                    rounds.add(round);
                }
            }
            tell(log, rounds);
            idle(log, outbox, database);
        }
    }

    private static void account(Member member, Provider provider, int perSecond)
            throws IOException, InterruptedException {
        member.account(
                "dispatch",
                """
                {"channel": "sms-twilio",
                 "config": {"accountSid": "%s", "from": "%s", "publicUrl": "%s", "apiBase": "%s", "messagesPerSecond": %d, "numbers": [%s]},
                 "secrets": {"authToken": "%s"}}\
                """
                        .formatted(
                                Webhooks.ACCOUNT_SID,
                                Webhooks.NUMBER,
                                member.server().url(),
                                provider.url(),
                                perSecond,
                                IntStream.range(0, LINES)
                                        .mapToObj(line -> '"' + line(line) + '"')
                                        .collect(Collectors.joining(", ")),
                                Webhooks.AUTH_TOKEN));
    }

    /// The number that a conversation goes over.
    static String line(int conversation) {
        return "+1500555%04d".formatted(100 + conversation % LINES);
    }

    private void tell(String log, List<Round> rounds) {
        report.add(
                TABLE,
                log + ", messages sent",
                Spread.of(rounds, Round::sent).text("%,.0f") + " /s",
                String.format(
                        Locale.ROOT,
                        "%,d over %,d conversations",
                        plan.sends(),
                        Outbox.CONVERSATIONS),
                "from the first to the last that the provider saw");
        report.add(
                TABLE,
                log + ", a bare client",
                Spread.of(rounds, Round::bare).text("%,.0f") + " /s",
                "the yardstick",
                "the same requests, as many at once, with nothing around them");
        report.add(
                TABLE,
                log + ", round by round",
                Spread.of(rounds, Round::ratio).text("%.3f"),
                String.format(Locale.ROOT, "goal ≥ %.2f", GOAL),
                "how much of a bare client's speed is left when nothing is lost");
        report.add(
                TABLE,
                log + ", processor",
                Spread.of(rounds, each -> each.outbox().micros()).text("%,.0f") + " µs a message",
                "",
                "what the member itself took");
        report.add(
                TABLE,
                log + ", heap after a collection",
                Spread.of(rounds, each -> each.outbox().full()).text("%,.1f")
                        + " MB while all wait",
                Spread.of(rounds, each -> each.outbox().empty()).text("%,.1f")
                        + " MB when all are sent",
                "of rounds on the same log, one after another");
    }

    /// Waits until the provider is asked no more, since it has put off each conversation.
    private static void awaitPutOff(Provider provider) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long before = -1, now = 0;
                now < Outbox.CONVERSATIONS || now != before;
                before = now, now = provider.count().messages()) {
            if (System.nanoTime() > end) {
                throw new IOException("%d were asked about, and it goes on".formatted(now));
            }
            Thread.sleep(3_000);
        }
    }

    /// What a member does while all that it has is to be sent in an hour.
    private void idle(String log, Outbox outbox, @Nullable Postgres database)
            throws IOException, InterruptedException {
        Provider provider = outbox.provider();
        Server server = outbox.member().server();
        outbox.fill(plan.sends());
        provider.begin();
        provider.tell("/later");
        outbox.open();
        awaitPutOff(provider);
        // what was asked last is written down
        Thread.sleep(plan.fleet().idle());
        double seconds = plan.fleet().idle().toNanos() / 1e9;
        long asked = provider.count().messages();
        double cpu = server.cpuSeconds();
        Postgres.@Nullable Done done = database == null ? null : database.done();
        Thread.sleep(plan.fleet().idle());
        double used = (server.cpuSeconds() - cpu) * 60 / seconds;
        if (provider.count().messages() != asked) {
            throw new IOException("the provider was asked before its time");
        }
        report.add(
                TABLE,
                log + ", waiting with a full outbox",
                String.format(Locale.ROOT, "%.2f s of processor time a minute", used),
                done == null || database == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%.1f statements a second",
                                database.done().since(done).statements() / seconds),
                "each conversation's first message is to be tried again in an hour, all others behind it");
    }
}
