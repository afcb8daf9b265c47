package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Ingest of three members over PostgreSQL beside one member's on PostgreSQL and on SQLite, for the
/// processor time that it takes; and how soon a reader at one member sees what another took.
record Cluster(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "cluster";
    private static final int MEMBERS = 3;
    private static final double GOAL_POSTGRES = 0.75;
    private static final double GOAL_SQLITE = 0.4;
    private static final int READERS = 10;
    private static final double GOAL_MILLIS = 50;

    @Override
    public void run() throws IOException, InterruptedException {
        double full = ingest();
        delay(Fleet.Bond.GRID, "in the grid: ", full);
        delay(Fleet.Bond.LOG, "without the grid: ", full);
    }

    private Path place(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    /// @return requests per second that the three take
    private double ingest() throws IOException, InterruptedException {
        Path alone = place("alone");
        Path together = place("together");
        try (Postgres one = Postgres.start(alone);
                Postgres many = Postgres.start(together);
                Fleet sqlite = Fleet.sqlite(launcher, place("sqlite"));
                Fleet single = Fleet.postgres(launcher, alone, one, 1, Fleet.Bond.ALONE);
                Fleet three = Fleet.postgres(launcher, together, many, MEMBERS, Fleet.Bond.GRID)) {
            var onSqlite = new Contestant("one on SQLite", sqlite, 1);
            var onPostgres = new Contestant("one on PostgreSQL", single, 1);
            var cluster = new Contestant("three on PostgreSQL", three, MEMBERS);
            for (Contestant each : List.of(onSqlite, onPostgres, cluster)) {
                each.mustRefuseForgeries();
            }
            var rounds = new Rounds(plan, report, List.of(onSqlite, onPostgres, cluster));
            rounds.warmUp();
            Map<Contestant, List<Contestant.Round>> measured = rounds.measure();
            measured.forEach(this::tell);
            List<Contestant.Round> ours = measured.getOrDefault(cluster, List.of());
            compare(
                    ours,
                    measured.getOrDefault(onPostgres, List.of()),
                    "PostgreSQL",
                    GOAL_POSTGRES);
            compare(ours, measured.getOrDefault(onSqlite, List.of()), "SQLite", GOAL_SQLITE);
            return Spread.of(ours, Contestant.Round::perSecond).median();
        }
    }

    private void tell(Contestant each, List<Contestant.Round> rounds) {
        report.add(
                TABLE,
                each.name() + ", requests",
                Spread.of(rounds, Contestant.Round::perSecond).text("%,.0f") + " /s",
                Contestant.generator(rounds),
                "what fits through, on all cores");
        report.add(
                TABLE,
                each.name() + ", processor",
                Spread.of(rounds, Contestant.Round::microsEach).text("%.0f")
                        + " µs a request, database "
                        + Spread.of(
                                        rounds,
                                        round -> round.database() * 1e6 / round.load().answered())
                                .text("%.0f")
                        + " µs",
                Spread.of(rounds, Contestant.Round::perProcessorSecond).text("%,.0f")
                        + " requests for a second of both",
                "of all members, and of all processes of the database's server");
    }

    private void compare(
            List<Contestant.Round> ours, List<Contestant.Round> theirs, String on, double goal) {
        report.add(
                TABLE,
                "three, to one on " + on + ", for a second of processor, round by round",
                ratio(ours, theirs, Contestant.Round::perProcessorSecond).text("%.2f"),
                String.format(Locale.ROOT, "goal ≥ %.2f", goal),
                "members and database");
        report.add(
                TABLE,
                "the same without the database's",
                ratio(ours, theirs, Contestant.Round::perServerSecond).text("%.2f"),
                "",
                "members only");
    }

    private static Spread ratio(
            List<Contestant.Round> ours,
            List<Contestant.Round> theirs,
            ToDoubleFunction<Contestant.Round> of) {
        return Spread.ofRatios(ours, of, theirs, of);
    }

    /// Written to one member, read at another.
    private void delay(Fleet.Bond bond, String text, double full)
            throws IOException, InterruptedException {
        Path own = place(bond.name().toLowerCase(Locale.ROOT));
        try (Postgres database = Postgres.start(own);
                Fleet fleet = Fleet.postgres(launcher, own, database, MEMBERS, bond)) {
            var all = new Contestant("all, " + bond, fleet, MEMBERS);
            new Rounds(plan, report, List.of(all)).warmUp();
            var first = new Contestant("the first", fleet, 1);
            new StreamDelay(
                            plan,
                            report,
                            new StreamDelay.Readers(TABLE, text, READERS, GOAL_MILLIS))
                    .run(first, fleet.member(1).server().url(), full);
        }
    }
}
