package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What one interaction costs a cluster of one, two, three and five members under the same load,
/// and what the members cost that do nothing.
///
/// One cluster of five is warmed up and loses members: so the same warm processes are measured each
/// time, on the same log.
record Cost(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "cost";
    private static final List<Integer> SIZES = List.of(5, 3, 2, 1);
    private static final int MOST_STATEMENTS = 8;
    private static final int TEXT = 90;

    /// What had been used at a moment, or in between two.
    private record Used(
            double seconds, double members, double database, Postgres.Done done, double bytes) {

        /// At the beginning: what is asked to know it does not count.
        static Used from(Fleet fleet, Postgres database) throws IOException, InterruptedException {
            double bytes = bytes(fleet);
            database.forget();
            return now(fleet, database, bytes);
        }

        static Used until(Fleet fleet, Postgres database, Used before)
                throws IOException, InterruptedException {
            Used now = now(fleet, database, 0);
            return new Used(
                    now.seconds - before.seconds,
                    now.members - before.members,
                    now.database - before.database,
                    now.done.since(before.done),
                    bytes(fleet) - before.bytes);
        }

        private static Used now(Fleet fleet, Postgres database, double bytes) throws IOException {
            return new Used(
                    System.nanoTime() / 1e9,
                    fleet.cpuSeconds(),
                    fleet.databaseCpuSeconds(),
                    database.done(),
                    bytes);
        }

        private static double bytes(Fleet fleet) throws IOException, InterruptedException {
            return fleet.figure("tributary_grid_bytes_total{direction=\"received\"");
        }
    }

    @Override
    public void run() throws IOException, InterruptedException {
        try (Postgres database = Postgres.start(folder);
                Fleet fleet =
                        Fleet.postgres(
                                launcher, folder, database, SIZES.getFirst(), Fleet.Bond.GRID)) {
            var warm = new Contestant("all", fleet, SIZES.getFirst());
            new Rounds(plan, report, List.of(warm)).warmUp();
            for (int size : SIZES) {
                fleet.shrink(size);
                // who left has given back what it ran, and the others have taken it
                rest(Duration.ofSeconds(5));
                loaded(fleet, database, size);
                idle(fleet, database, size);
            }
        }
    }

    private void loaded(Fleet fleet, Postgres database, int size)
            throws IOException, InterruptedException {
        var all = new Contestant(size + " members", fleet, size);
        int load = plan.fleet().load();
        all.open(plan.round(), load);
        Used before = Used.from(fleet, database);
        Contestant.Round round = all.open(plan.fleet().cost(), load);
        Used used = Used.until(fleet, database, before);
        double each = round.load().answered();
        say(size + " members at " + load + "/s", database, used.seconds(), each);
        report.add(
                TABLE,
                size + " members at " + load + " /s, processor for 1,000",
                number(
                        "%.3f s of members, %.3f s of the database",
                        used.members() * 1000 / each, used.database() * 1000 / each),
                number("p99 %.1f ms", round.load().percentileMillis(99)),
                "each interaction is taken by one of them and told to the others");
        report.add(
                TABLE,
                "the same, database for each",
                number(
                        "%.2f statements, %.2f commits, %.0f bytes of WAL",
                        used.done().statements() / each,
                        used.done().commits() / each,
                        used.done().walBytes() / each),
                number("%.1f interactions an append", each / appends(database)),
                "with what polls and heartbeats ask meanwhile");
        report.add(
                TABLE,
                "the same, between members for each",
                number("%.0f bytes", used.bytes() / each),
                "",
                "sealed, received by all of them together");
    }

    private void idle(Fleet fleet, Postgres database, int size)
            throws IOException, InterruptedException {
        Used before = Used.from(fleet, database);
        rest(plan.fleet().idle());
        Used used = Used.until(fleet, database, before);
        double each = used.seconds();
        say(size + " members, idle", database, used.seconds(), used.seconds());
        report.add(
                TABLE,
                size + " members, idle, processor",
                number(
                        "%.4f cores of members, %.4f of the database",
                        used.members() / each, used.database() / each),
                "",
                "heartbeats, polls, the grid's own");
        report.add(
                TABLE,
                "the same, database",
                number(
                        "%.1f statements/s, %.1f commits/s, %.0f bytes of WAL/s",
                        used.done().statements() / each,
                        used.done().commits() / each,
                        used.done().walBytes() / each),
                number("%.0f bytes/s between members", used.bytes() / each),
                "");
    }

    private static double appends(Postgres database) throws IOException {
        return Math.max(
                1,
                database.statements().stream()
                        .filter(each -> each.text().contains("append_v1"))
                        .mapToLong(Postgres.Statement::calls)
                        .sum());
    }

    /// The statements that were most frequent.
    private void say(String when, Postgres database, double seconds, double each)
            throws IOException {
        report.say("%s:", when);
        database.statements().stream()
                .limit(MOST_STATEMENTS)
                .forEach(statement ->
                        report.say(
                                "  %8.2f /s %6.3f each, %.3f ms: %s",
                                statement.calls() / seconds,
                                statement.calls() / each,
                                statement.millis() / statement.calls(),
                                statement
                                        .text()
                                        .substring(0, Math.min(TEXT, statement.text().length()))));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library more
    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void rest(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
