package io.tributary.host.journal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Looks whether the file is what was written. Before anything else reads it.
final class Integrity {

    /// Up to this size the whole file is looked at, whatever it takes: well under a second.
    private static final long SMALL = 32L * 1024 * 1024;

    private static final int NEWEST = 2_000;
    private static final int SAMPLE = 200;

    private Integrity() {}

    /// Tells what is wrong, in words for an operator; nothing, where nothing was found.
    static List<String> check(Sql sql, long bytes, boolean everything, Duration atMost)
            throws SQLException {
        List<String> wrong = new ArrayList<>();
        long end = System.nanoTime() + atMost.toNanos();
        try {
            ends(sql, wrong);
            if (everything || bytes <= SMALL) {
                all(sql, wrong).tell(wrong);
            } else {
                sample(sql, end, wrong);
            }
        } catch (Damaged e) {
            wrong.add(e.what());
        }
        return wrong;
    }

    /// Tells all that is wrong with the whole file, however long it takes: also what the journal
    /// notices and does without.
    static List<String> examine(Sql sql) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try {
            ends(sql, wrong);
            KeptWays ways = all(sql, wrong);
            ways.tell(wrong);
            ways.tellSpoilt(wrong);
        } catch (Damaged e) {
            wrong.add(e.what());
        }
        return wrong;
    }

    private static KeptWays all(Sql sql, List<String> wrong) throws SQLException {
        structure(sql, wrong);
        trees(sql, wrong);
        rows(sql, 0, Long.MAX_VALUE, wrong);
        rawEvents(sql);
        return new KeptWays(sql).all();
    }

    private static void ends(Sql sql, List<String> wrong) throws SQLException {
        long next = sql.number(1, "select next_position from log");
        long oldest = sql.number(1, "select oldest from log");
        long last = sql.number(0, "select max(position) from interaction");
        long first = sql.number(0, "select min(position) from interaction");
        if (last == 0 ? oldest != next : last != next - 1 || first != oldest) {
            wrong.add(
                    "the log should hold positions %d to %d, but holds %d to %d"
                            .formatted(oldest, next - 1, first, last));
        }
    }

    /// That every page is well formed, and every index holds what its table holds.
    private static void structure(Sql sql, List<String> wrong) throws SQLException {
        for (String finding : sql.list("pragma integrity_check(10)", Columns::text)) {
            if (!finding.equals("ok")) {
                wrong.add(finding);
            }
        }
    }

    /// That the trees of hashes hold what their tables hold.
    private static void trees(Sql sql, List<String> wrong) throws SQLException {
        for (String table : List.of("once", "reference")) {
            long strange =
                    sql.number(
                            0,
                            "select count(*) from %1$s_by_hash tree left join %1$s row using (id)"
                                            .formatted(table)
                                    + " where row.hash is not tree.hash");
            long missing =
                    sql.number(
                            0,
                            ("select count(*) from %1$s row where id <="
                                            + " (select %1$s_sorted from log) and not exists"
                                            + " (select 1 from %1$s_by_hash tree"
                                            + " where tree.hash = row.hash)")
                                    .formatted(table));
            if (strange + missing > 0) {
                wrong.add(
                        "%d entries of the tree of %s are wrong, %d are missing"
                                .formatted(strange, table, missing));
            }
        }
    }

    /// Tests density and every checksum.
    private static void rows(Sql sql, long after, long upTo, List<String> wrong)
            throws SQLException {
        PreparedStatement statement =
                sql.statement(
                        InteractionReading.SELECT
                                + "where position > ? and position <= ? order by position");
        statement.setLong(1, after);
        statement.setLong(2, upTo);
        long before = -1;
        try (ResultSet rows = statement.executeQuery()) {
            var columns = new Columns(sql.dialect, rows);
            while (columns.next()) {
                long position = InteractionReading.row(columns).position();
                if (before >= 0 && position != before + 1) {
                    wrong.add("positions %d to %d are missing".formatted(before + 1, position - 1));
                }
                before = position;
            }
        }
    }

    private static void rawEvents(Sql sql) throws SQLException {
        PreparedStatement statement =
                sql.statement("select " + RawRow.COLUMNS + " from raw_event order by id");
        try (ResultSet rows = statement.executeQuery()) {
            var columns = new Columns(sql.dialect, rows);
            while (columns.next()) {
                RawReading.read(columns);
            }
        }
    }

    /// The newest, and some at random, while time allows.
    private static void sample(Sql sql, long end, List<String> wrong) throws SQLException {
        long next = sql.number(1, "select next_position from log");
        long oldest = sql.number(1, "select oldest from log");
        rows(sql, next - 1 - NEWEST, Long.MAX_VALUE, wrong);
        var random = RandomGenerator.getDefault();
        var ways = new KeptWays(sql);
        for (int i = 0; i < SAMPLE && System.nanoTime() < end && next > oldest; i++) {
            long at = random.nextLong(oldest, next);
            rows(sql, at - 1, at, wrong);
            ways.of(at);
        }
        ways.tell(wrong);
    }
}
