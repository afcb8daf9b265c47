package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// What ingest and a conversation's page cost when much is stored, beside what they cost when
/// little is.
///
/// Both logs are filled with signed webhooks like any other, and have a hundred interactions in
/// each conversation, so that a page holds as much here as there. One process opens them in turn,
/// so that the same warm JVM stands before each; the small one is a fresh copy each time.
record Scale(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "scale";
    private static final int SMALL = 20_000;
    private static final int EACH_CONVERSATION = 100;
    private static final int FILLING_CONNECTIONS = 512;
    private static final int READING_CONNECTIONS = 8;
    private static final int WARM_UP = 4_000;
    private static final int REQUESTS = 12_000;
    private static final int PAGES = 5_000;
    private static final double GOAL = 1.3;

    /// One log, opened once.
    private record Visit(
            long stored, double opened, Contestant.Round ingest, Contestant.Round pages) {}

    @Override
    public void run() throws IOException, InterruptedException {
        Path small = folder.resolve("small");
        Path large = folder.resolve("large");
        List<Visit> few = new ArrayList<>();
        List<Visit> many = new ArrayList<>();
        try (SwitchingMember process =
                SwitchingMember.start(
                        launcher,
                        plan.project().resolve("framework/bench/target/classes"),
                        folder)) {
            fill(process, small, SMALL - WARM_UP);
            fill(process, large, plan.stored() - WARM_UP);
            for (int number = 0; number <= plan.rounds(); number++) {
                Path copy = folder.resolve("small-" + number);
                Folders.copy(small, copy);
                Visit little = visit(process, copy, SMALL);
                Folders.delete(copy);
                Visit much = visit(process, large, plan.stored());
                report.say(
                        "round %d: ingest %.0f/s with %d stored, %.0f/s with %d; pages %.0f/s and %.0f/s",
                        number,
                        little.ingest().perSecond(),
                        little.stored(),
                        much.ingest().perSecond(),
                        much.stored(),
                        little.pages().perSecond(),
                        much.pages().perSecond());
                // the first shows what is not warm yet
                if (number > 0) {
                    few.add(little);
                    many.add(much);
                }
            }
            long bytes = Folders.bytes(large);
            tell(few, many, bytes);
        }
    }

    private void fill(SwitchingMember process, Path log, int count)
            throws IOException, InterruptedException {
        try (Member member = process.open(log)) {
            long begin = System.nanoTime();
            var webhooks = new Webhooks(member.webhook(), (count + WARM_UP) / EACH_CONVERSATION);
            for (int tenth = 1; tenth <= 10; tenth++) {
                new Load(member.webhook(), FILLING_CONNECTIONS, webhooks).closed(count / 10L);
                if (count > SMALL) {
                    report.say(
                            "filling: %d %% after %.0f s",
                            tenth * 10, (System.nanoTime() - begin) / 1e9);
                }
            }
        }
    }

    private Visit visit(SwitchingMember process, Path log, int stored)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (Member member = process.open(log)) {
            double opened = (System.nanoTime() - begin) / 1e9;
            Server server = member.server();
            Supplier<byte[]> webhooks =
                    new Webhooks(member.webhook(), stored / EACH_CONVERSATION)
                            .made(WARM_UP + REQUESTS);
            Load ingest = new Load(member.webhook(), Contestant.CONNECTIONS, webhooks);
            Load pages = new Load(server.url(), READING_CONNECTIONS, pages(member));
            ingest.closed(WARM_UP);
            pages.closed(PAGES / 5);
            long before = member.head();
            return new Visit(
                    before,
                    opened,
                    Contestant.round("ingest", server, () -> ingest.closed(REQUESTS)),
                    Contestant.round("pages", server, () -> pages.closed(PAGES)));
        }
    }

    private static Supplier<byte[]> pages(Member member) throws IOException, InterruptedException {
        List<byte[]> requests = new ArrayList<>();
        for (String conversation : member.conversations()) {
            requests.add(
                    member.get("/v1/conversations/" + conversation + "/interactions?limit=50"));
        }
        Random random = new Random(4711);
        return () -> requests.get(random.nextInt(requests.size()));
    }

    private void tell(List<Visit> few, List<Visit> many, long bytes) {
        String logs =
                String.format(
                        Locale.ROOT,
                        "%,d and %,d stored",
                        few.getFirst().stored(),
                        many.getFirst().stored());
        add(
                "ingest, processor a request, " + logs,
                "µs",
                few,
                many,
                each -> each.ingest().microsEach(),
                true);
        add("ingest, requests", "/s", few, many, each -> each.ingest().perSecond(), false);
        add("page of 50, processor", "µs", few, many, each -> each.pages().microsEach(), true);
        add(
                "page of 50, p50",
                "ms",
                few,
                many,
                each -> each.pages().load().percentileMillis(50),
                true);
        report.add(
                TABLE,
                "opening the large log",
                Spread.of(many, Visit::opened).text("%.2f") + " s",
                String.format(Locale.ROOT, "%.1f GB", bytes / 1e9),
                "from the command to the first answer");
    }

    /// @param cost false: the more the better
    private void add(
            String figure,
            String unit,
            List<Visit> few,
            List<Visit> many,
            ToDoubleFunction<Visit> of,
            boolean cost) {
        Spread little = Spread.of(few, of);
        Spread much = Spread.of(many, of);
        double times = cost ? much.median() / little.median() : little.median() / much.median();
        String format = unit.equals("ms") ? "%.2f" : "%,.0f";
        report.add(
                TABLE,
                figure,
                little.text(format) + ", then " + much.text(format) + " " + unit,
                String.format(Locale.ROOT, "%.2f times, goal ≤ %.1f", times, GOAL),
                cost ? "what the log's size adds to the cost" : "the same as a rate");
    }
}
