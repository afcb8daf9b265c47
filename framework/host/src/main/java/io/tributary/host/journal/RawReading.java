package io.tributary.host.journal;

import io.tributary.model.Bytes;
import java.sql.SQLException;

/// Reads rows of `raw_event` and believes none whose checksum is wrong.
final class RawReading {

    private RawReading() {}

    static LogReader.Raw read(Columns columns) throws SQLException {
        long id = columns.number();
        long position = columns.number();
        String account = columns.text();
        String channel = columns.text();
        String kind = columns.text();
        String notes = columns.text();
        long receivedAt = columns.number();
        int checksum = columns.smallNumber();
        byte[] body = columns.array();
        boolean piece = columns.smallNumber() != 0;
        int now =
                RawRow.checksum(
                        id, position, account, channel, kind, notes, receivedAt, Checksum.of(body));
        if (now != checksum) {
            throw new Damaged("the raw event " + id);
        }
        return new LogReader.Raw(
                position,
                kind,
                Notes.read(notes),
                Bytes.wrap(body),
                Micros.instant(receivedAt),
                piece);
    }
}
