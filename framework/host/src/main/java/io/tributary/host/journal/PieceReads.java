package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads pieces and believes none whose checksum is wrong.
final class PieceReads implements Pieces {

    private final ReadPool pool;

    PieceReads(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public List<Piece> waiting(AccountId account, String group) {
        return pool.read(sql ->
                sql.list(
                        "select id, account, grouped, whole, number, number_of, received_at,"
                                + " due_at, checksum, body from piece where hash = ? order by id",
                        PieceReads::piece,
                        Hash.of(account, group)));
    }

    @Override
    public List<Whole> due(Instant now, int limit) {
        return pool.read(sql ->
                sql.list(
                        "select account, grouped, whole from piece where due_at <= ?"
                                + " group by hash, account, grouped, whole order by min(due_at), min(id) limit ?",
                        columns ->
                                new Whole(columns.account(), columns.text(), columns.smallNumber()),
                        now,
                        limit));
    }

    @Override
    public Optional<Instant> nextDue() {
        return pool.read(sql ->
                sql.first("select due_at from piece order by due_at limit 1", Columns::instant));
    }

    private static Piece piece(Columns columns) throws SQLException {
        long id = columns.number();
        String account = columns.text();
        String group = columns.text();
        int whole = columns.smallNumber();
        int number = columns.smallNumber();
        int of = columns.smallNumber();
        long receivedAt = columns.number();
        long due = columns.number();
        int checksum = columns.smallNumber();
        byte[] body = columns.array();
        int now = PieceWrites.checksum(account, group, whole, number, of, receivedAt, body);
        if (now != checksum) {
            throw new Damaged("the piece " + id);
        }
        return new Piece(
                id,
                whole,
                number,
                of,
                Micros.instant(receivedAt),
                Micros.instant(due),
                Bytes.wrap(body));
    }
}
