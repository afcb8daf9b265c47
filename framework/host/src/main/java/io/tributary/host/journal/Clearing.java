package io.tributary.host.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Clears away what is kept for a time only: dedupe keys and prints, answers, plugin state,
/// devices. A little at a time.
final class Clearing {

    /// A device that did not come back for so long will not.
    static final Duration DEVICES_FOR = Duration.ofDays(180);

    private final Duration dedupeFor;
    private final Duration answersFor;

    Clearing(Duration dedupeFor, Duration answersFor) {
        this.dedupeFor = dedupeFor;
        this.answersFor = answersFor;
    }

    /// Clears some, and answers whether there may be more.
    boolean step(Tables tables) throws SQLException {
        Instant now = tables.clock();
        Sql sql = tables.sql;
        sql.run("begin immediate");
        List<Hash> forgotten = forgetKeys(sql, now.minus(dedupeFor));
        int answers =
                sql.update(
                        "delete from answer where answered_at < ? order by answered_at limit ?",
                        now.minus(answersFor),
                        Retention.STEP);
        int states =
                sql.update(
                        "delete from plugin_state where over_at <= ? order by over_at limit ?",
                        now,
                        Retention.STEP);
        int prints =
                sql.update(
                        "delete from print where over_at < ? order by over_at limit ?",
                        now,
                        Retention.STEP);
        int devices =
                sql.update(
                        // one of a run that was killed nobody has told of
                        "delete from device where seen_at < ? and (online = 0"
                                + " or epoch < (select epoch from log))"
                                + " order by seen_at limit ?",
                        now.minus(DEVICES_FOR),
                        Retention.STEP);
        int addresses =
                sql.update(
                        "delete from device_address where seen_at < ? order by seen_at limit ?",
                        now.minus(DEVICES_FOR),
                        Retention.STEP);
        sql.run("commit");
        tables.onceIndex.forget(forgotten);
        return IntStream.of(forgotten.size(), answers, states, prints, devices, addresses)
                        .max()
                        .orElse(0)
                == Retention.STEP;
    }

    /// Keys are in the order of their time.
    private static List<Hash> forgetKeys(Sql sql, Instant before) throws SQLException {
        record Kept(long id, Hash hash, Instant at) {}
        List<Kept> oldest =
                sql.list(
                        "select id, hash, stored_at from once order by id limit ?",
                        columns ->
                                new Kept(
                                        columns.number(),
                                        Hash.of(columns.array()),
                                        columns.instant()),
                        Retention.STEP);
        List<Hash> forgotten = new ArrayList<>();
        for (Kept kept : oldest) {
            if (!kept.at().isBefore(before)) {
                break;
            }
            sql.update("delete from once where id = ?", kept.id());
            sql.update(
                    "delete from once_by_hash where hash = ? and id = ?", kept.hash(), kept.id());
            forgotten.add(kept.hash());
        }
        return forgotten;
    }
}
