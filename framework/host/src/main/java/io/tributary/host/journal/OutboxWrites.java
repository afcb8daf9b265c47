package io.tributary.host.journal;

import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Reason;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes sends and how far they got.
final class OutboxWrites {

    private final Sql sql;
    private final Tables tables;

    OutboxWrites(Tables tables) {
        this.tables = tables;
        this.sql = tables.sql;
    }

    /// @param position of the item's last interaction; 0: it has none, so the send's is older
    void enqueue(Change.Enqueue send, long position, Batch batch) throws SQLException {
        sql.update(
                "insert into outbox (send_key, interaction, position, conversation, account,"
                        + " first_part, parts, priority, state, attempt, epoch, queued_at,"
                        + " expires_at) values (?,?,?,?,?,?,?,?,?,0,0,?,?)",
                send.key(),
                send.interaction(),
                position > 0 ? position : positionOf(send, batch),
                send.conversation(),
                send.account(),
                send.firstPart(),
                send.parts(),
                send.priority(),
                Outbox.State.QUEUED,
                tables.clock(),
                send.expiresAt());
    }

    void move(Change.MoveSend move) throws SQLException {
        boolean tried = move.state() == Outbox.State.SENDING;
        Reason reason = move.reason();
        int changed =
                sql.update(
                        "update outbox set state = ?, attempt = ?, epoch = ?, not_before = ?,"
                                + " first_tried_at = ifnull(first_tried_at, ?),"
                                + " reason_code = ?, reason_text = ? where id = ?",
                        move.state(),
                        move.attempt(),
                        move.epoch(),
                        move.notBefore(),
                        tried ? tables.clock() : null,
                        reason == null ? null : reason.code(),
                        reason == null ? null : reason.text(),
                        move.id());
        if (changed == 0) {
            throw new UnitRefused("there is no send " + move.id());
        }
    }

    /// Receipts come in any order: a status is only ever replaced by a further one.
    void advance(Change.Advance advance) throws SQLException {
        Optional<Known> known =
                sql.first(
                        "select status, reason_code, reason_text from delivery"
                                + " where interaction = ? and part = ? and recipient = ?",
                        columns ->
                                new Known(columns.constant(Status.class), columns.reasonOrNull()),
                        advance.interaction(),
                        advance.part(),
                        advance.recipient());
        Status before = known.map(Known::status).orElse(null);
        boolean explains =
                before == advance.status()
                        && known.map(Known::reason).isEmpty()
                        && advance.reason() != null;
        if (advance.status().advances(before) || explains) {
            put(advance);
        }
        if (advance.status() != Status.UNKNOWN) {
            settle(advance);
        }
    }

    private record Known(Status status, @Nullable Reason reason) {}

    private void put(Change.Advance advance) throws SQLException {
        Reason reason = advance.reason();
        sql.update(
                "insert into delivery (interaction, part, recipient, status, reason_code,"
                        + " reason_text, reached_at) values (?,?,?,?,?,?,?)"
                        + " on conflict do update set status = excluded.status,"
                        + " reason_code = excluded.reason_code, reason_text = excluded.reason_text,"
                        + " reached_at = excluded.reached_at",
                advance.interaction(),
                advance.part(),
                advance.recipient(),
                advance.status(),
                reason == null ? null : reason.code(),
                reason == null ? null : reason.text(),
                advance.at());
    }

    /// A receipt tells what became of a send whose outcome was unknown: it was taken, or refused.
    private void settle(Change.Advance advance) throws SQLException {
        boolean failed = advance.status() == Status.FAILED;
        Reason reason = failed ? advance.reason() : null;
        sql.update(
                "update outbox set state = ?, not_before = null, reason_code = ?, reason_text = ?"
                        + " where interaction = ? and state = ?"
                        + " and (? = 0 or ? between first_part and first_part + parts - 1)",
                failed ? Outbox.State.REJECTED : Outbox.State.ACCEPTED,
                reason == null ? null : reason.code(),
                reason == null ? null : reason.text(),
                advance.interaction(),
                Outbox.State.UNKNOWN,
                advance.part(),
                advance.part());
    }

    private long positionOf(Change.Enqueue send, Batch batch) throws SQLException {
        batch.writeInteractions();
        long position =
                sql.number(0, "select position from interaction where id = ?", send.interaction());
        if (position == 0) {
            throw new UnitRefused("there is no interaction " + send.interaction() + " to send");
        }
        return position;
    }
}
