package io.tributary.host.journal;

import java.sql.SQLException;

/// Writes pieces that wait for the rest of their whole.
final class PieceWrites {

    private final Sql sql;

    PieceWrites(Sql sql) {
        this.sql = sql;
    }

    void keep(Change.KeepPiece piece) throws SQLException {
        byte[] body = piece.body().toArray();
        sql.update(
                "insert into piece (hash, account, grouped, whole, number, number_of, received_at,"
                        + " due_at, checksum, body) values (?,?,?,?,?,?,?,?,?,?)",
                Hash.of(piece.account(), piece.group()),
                piece.account(),
                piece.group(),
                piece.whole(),
                piece.number(),
                piece.of(),
                piece.receivedAt(),
                piece.due(),
                checksum(
                        piece.account().value(),
                        piece.group(),
                        piece.whole(),
                        piece.number(),
                        piece.of(),
                        Micros.of(piece.receivedAt()),
                        body),
                body);
    }

    void postpone(Change.PostponePieces postpone) throws SQLException {
        sql.update(
                "update piece set due_at = ? where hash = ? and whole = ?",
                postpone.due(),
                Hash.of(postpone.account(), postpone.group()),
                postpone.whole());
    }

    void drop(Change.DropPieces drop) throws SQLException {
        sql.update(
                "delete from piece where hash = ? and whole = ?",
                Hash.of(drop.account(), drop.group()),
                drop.whole());
    }

    /// Over all but the time when it is due, which moves.
    static int checksum(
            String account,
            String group,
            long whole,
            long number,
            long of,
            long receivedAt,
            byte[] body) {
        return new Checksum()
                .with(account)
                .with(group)
                .with(whole)
                .with(number)
                .with(of)
                .with(receivedAt)
                .with(body)
                .value();
    }
}
