package io.tributary.host.journal;

import io.tributary.model.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Writes what waits for its target, what could not be processed, and what plugins keep.
final class EventWrites {

    private final Sql sql;
    private final Tables tables;

    EventWrites(Tables tables) {
        this.tables = tables;
        this.sql = tables.sql;
    }

    void park(Change.Park park, Batch batch) throws SQLException {
        sql.update(
                "insert into parked (hash, account, external_id, received_at, body)"
                        + " values (?,?,?,?,?)",
                Hash.of(park.account(), park.externalId()),
                park.account(),
                park.externalId(),
                park.receivedAt(),
                park.body());
        batch.parked(1);
    }

    void unpark(Change.Unpark unpark, Batch batch) throws SQLException {
        batch.parked(-sql.update("delete from parked where id = ?", unpark.id()));
    }

    /// The latest time counts, whatever the order in which they come.
    void see(Change.SeePrint print) throws SQLException {
        sql.update(
                "insert into print (hash, seen_at, over_at) values (?,?,?) on conflict do update"
                        + " set seen_at = max(seen_at, excluded.seen_at),"
                        + " over_at = max(over_at, excluded.over_at)",
                Hash.of(print.account(), print.print()),
                print.at(),
                print.until());
    }

    void add(Change.AddDeadLetter letter) throws SQLException {
        Reason reason = letter.reason();
        sql.update(
                "insert into dead_letter (direction, account, plugin, kind, reason_code,"
                        + " reason_text, interaction, payload, happened_at, replayed)"
                        + " values (?,?,?,?,?,?,?,?,?,0)",
                letter.direction(),
                letter.account(),
                letter.plugin(),
                letter.kind(),
                reason.code(),
                reason.text(),
                letter.interaction(),
                letter.payload(),
                letter.at());
    }

    void close(Change.CloseDeadLetter close) throws SQLException {
        sql.update(
                "update dead_letter set closed_at = ?, replayed = ?"
                        + " where id = ? and closed_at is null",
                close.at(),
                close.replayed(),
                close.id());
    }

    void put(Change.PutState state, Batch batch) throws SQLException {
        if (state.value() == null) {
            sql.update(
                    "delete from plugin_state where account = ? and key = ?",
                    state.account(),
                    state.key());
            return;
        }
        sql.update(
                "insert into plugin_state (account, key, value, version, over_at)"
                        + " values (?,?,?,?,?) on conflict do update set value = excluded.value,"
                        + " version = excluded.version, over_at = excluded.over_at",
                state.account(),
                state.key(),
                state.value(),
                batch.nextVersion(),
                over(state.lasts()));
    }

    private @Nullable Instant over(@Nullable Duration lasts) {
        return lasts == null ? null : tables.clock().plus(lasts);
    }
}
