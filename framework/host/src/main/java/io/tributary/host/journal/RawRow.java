package io.tributary.host.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// A raw event on its way into its table.
final class RawRow {

    static final String COLUMNS =
            "id, position, account, channel, kind, notes, received_at, checksum, body, piece";
    static final String INSERT = "insert into raw_event (" + COLUMNS + ")";
    static final int COUNT = 10;

    private final Change.KeepRaw event;
    private final String notes;
    private final byte[] body;
    private final int bodyChecksum;
    long id;
    long position;

    RawRow(Change.KeepRaw event) {
        this.event = event;
        this.notes = Notes.write(event.notes());
        this.body = event.body().toArray();
        this.bodyChecksum = Checksum.of(body);
    }

    int bytes() {
        return body.length + notes.length() + 150;
    }

    void place(long id) {
        this.id = id;
        this.position = 0;
    }

    static void bind(PreparedStatement statement, int before, RawRow row) throws SQLException {
        Change.KeepRaw event = row.event;
        long receivedAt = Micros.of(event.receivedAt());
        int i = before;
        statement.setLong(++i, row.id);
        statement.setLong(++i, row.position);
        statement.setString(++i, event.account().value());
        statement.setString(++i, event.channel().value());
        statement.setString(++i, event.kind());
        statement.setString(++i, row.notes);
        statement.setLong(++i, receivedAt);
        statement.setInt(
                ++i,
                checksum(
                        row.id,
                        row.position,
                        event.account().value(),
                        event.channel().value(),
                        event.kind(),
                        row.notes,
                        receivedAt,
                        row.bodyChecksum));
        statement.setBytes(++i, row.body);
        statement.setInt(++i, event.piece() ? 1 : 0);
    }

    /// Over all columns but the last in their order, the body by its own checksum.
    static int checksum(
            long id,
            long position,
            String account,
            String channel,
            String kind,
            String notes,
            long receivedAt,
            int bodyChecksum) {
        return new Checksum()
                .with(id)
                .with(position)
                .with(account)
                .with(channel)
                .with(kind)
                .with(notes)
                .with(receivedAt)
                .with(bodyChecksum)
                .value();
    }
}
