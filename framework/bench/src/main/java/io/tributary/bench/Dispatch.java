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
final class Dispatch {

    static final int CONVERSATIONS = 1_000;

    private static final String TABLE = "dispatch";
    private static final double GOAL = 0.3;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// Of the account, while its outbox is filled, and then.
    private static final int SLOW = 1;

    private static final int FAST = 1_000;

    /// The account's numbers, each with a rate of its own: all together they go as fast as can be.
    private static final int LINES = 32;

    private final Plan plan;
    private final Report report;
    private final Launcher launcher;
    private final Path folder;

    Dispatch(Plan plan, Report report, Launcher launcher, Path folder) {
        this.plan = plan;
        this.report = report;
        this.launcher = launcher;
        this.folder = folder;
    }

    /// @param sent in a second, by a member and by a bare client
    /// @param micros of the member's processor time for each message
    /// @param full what is on the heap after a collection while all wait
    /// @param empty and when all are sent
    private record Round(double sent, double bare, double micros, double full, double empty) {

        double ratio() {
            return sent / bare;
        }
    }

    void run() throws IOException, InterruptedException {
        try (Outlet outlet = Outlet.start(launcher, folder.resolve("provider.log"))) {
            try (Fleet fleet =
                    Fleet.sqlite(launcher, Files.createDirectory(folder.resolve("sqlite")))) {
                on("SQLite", fleet, outlet, null);
            }
            try (Postgres database = Postgres.start(folder);
                    Fleet fleet =
                            Fleet.postgres(
                                    launcher,
                                    Files.createDirectory(folder.resolve("members")),
                                    database,
                                    1,
                                    Fleet.Bond.ALONE)) {
                on("PostgreSQL", fleet, outlet, database);
            }
        }
    }

    private void on(String log, Fleet fleet, Outlet outlet, @Nullable Postgres database)
            throws IOException, InterruptedException {
        Member member = fleet.members().getFirst();
        try (Filling filling = new Filling(member.server().url())) {
            List<Round> rounds = new ArrayList<>();
            for (int number = 0; number <= plan.rounds(); number++) {
                Round round = round(member, filling, outlet);
                report.say(
                        "%s, %s: %.0f/s, bare %.0f/s, %.3f; %.0f µs a message; heap %.1f, then %.1f MB",
                        log,
                        number == 0 ? "warm-up" : "round " + number,
                        round.sent(),
                        round.bare(),
                        round.ratio(),
                        round.micros(),
                        round.full(),
                        round.empty());
                if (number > 0) {
                    rounds.add(round);
                }
            }
            tell(log, rounds);
            idle(log, member, filling, outlet, database);
        }
    }

    private Round round(Member member, Filling filling, Outlet outlet)
            throws IOException, InterruptedException {
        outlet.begin();
        account(member, outlet, SLOW);
        filling.fill(plan.sends());
        double full = Memory.heapMegabytes(member.server());
        long before = outlet.count().messages();
        double cpu = member.server().cpuSeconds();
        outlet.begin();
        account(member, outlet, FAST);
        awaitQueued(member, 0);
        cpu = member.server().cpuSeconds() - cpu;
        Outlet.Count count = outlet.count();
        if (count.messages() > plan.sends() || count.messages() < plan.sends() - before - LINES) {
            throw new IOException("%s came, after %d".formatted(count, before));
        }
        double empty = Memory.heapMegabytes(member.server());
        double bare = outlet.bare(plan.sends()).perSecond();
        return new Round(count.perSecond(), bare, cpu * 1e6 / count.messages(), full, empty);
    }

    private static void account(Member member, Outlet outlet, int perSecond)
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
                                outlet.url(),
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

    /// Waits until no more than so many are queued, and nothing is under way.
    private static void awaitQueued(Member member, long most)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (member.figure("tributary_outbound_sends{state=\"queued\"") > most
                || member.figure("tributary_outbound_sends{state=\"sending\"") > 0) {
            if (System.nanoTime() > end) {
                throw new IOException("the outbox did not empty");
            }
            Thread.sleep(500);
        }
    }

    private void tell(String log, List<Round> rounds) {
        report.add(
                TABLE,
                log + ", messages sent",
                Spread.of(rounds, Round::sent).text("%,.0f") + " /s",
                String.format(
                        Locale.ROOT, "%,d over %,d conversations", plan.sends(), CONVERSATIONS),
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
                Spread.of(rounds, Round::micros).text("%,.0f") + " µs a message",
                "",
                "what the member itself took");
        report.add(
                TABLE,
                log + ", heap after a collection",
                Spread.of(rounds, Round::full).text("%,.1f") + " MB while all wait",
                Spread.of(rounds, Round::empty).text("%,.1f") + " MB when all are sent",
                "of rounds on the same log, one after another");
    }

    /// Waits until the provider is asked no more, since it has put off each conversation.
    private static void awaitPutOff(Outlet outlet) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long before = -1, now = 0;
                now < CONVERSATIONS || now != before;
                before = now, now = outlet.count().messages()) {
            if (System.nanoTime() > end) {
                throw new IOException("%d were asked about, and it goes on".formatted(now));
            }
            Thread.sleep(3_000);
        }
    }

    /// What a member does while all that it has is to be sent in an hour.
    private void idle(
            String log, Member member, Filling filling, Outlet outlet, @Nullable Postgres database)
            throws IOException, InterruptedException {
        account(member, outlet, SLOW);
        filling.fill(plan.sends());
        outlet.begin();
        outlet.later();
        account(member, outlet, FAST);
        awaitPutOff(outlet);
        // what was asked last is written down
        Thread.sleep(plan.fleet().idle());
        double seconds = plan.fleet().idle().toNanos() / 1e9;
        long asked = outlet.count().messages();
        double cpu = member.server().cpuSeconds();
        Postgres.@Nullable Done done = database == null ? null : database.done();
        Thread.sleep(plan.fleet().idle());
        double used = (member.server().cpuSeconds() - cpu) * 60 / seconds;
        if (outlet.count().messages() != asked) {
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
