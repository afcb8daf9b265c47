package io.tributary.host.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An interaction on its way into the log. Made where the unit is handed in, given its place on the
/// writer's thread.
final class InteractionRow {

    static final String COLUMNS =
            "position, id, conversation, customer, channel, account, direction, type, weight,"
                    + " received_at, raw_event, previous, jump, depth, checksum, body, said_at";
    static final String INSERT = "insert into interaction (" + COLUMNS + ")";
    static final int COUNT = 17;

    final Change.Append append;
    private final byte[] id;
    private final byte @Nullable [] conversation;
    private final byte @Nullable [] customer;
    private final byte[] body;
    private final int bodyChecksum;
    long position;
    long rawEvent;
    private long previous;
    private long jump;
    private int depth;

    InteractionRow(Change.Append append) {
        this.append = append;
        this.id = Sql.bytes(append.id().value());
        this.conversation =
                append.conversation() == null ? null : Sql.bytes(append.conversation().value());
        this.customer = append.customer() == null ? null : Sql.bytes(append.customer().value());
        this.body = append.body().toArray();
        this.bodyChecksum = Checksum.of(body);
    }

    int bytes() {
        return body.length + 200;
    }

    /// Gives it its place.
    ///
    /// @param way of its conversation before it; null: it is in none
    void place(long position, @Nullable Skips way) {
        this.position = position;
        this.rawEvent = 0;
        this.previous = way == null ? 0 : way.previous();
        this.jump = way == null ? 0 : way.jump();
        this.depth = way == null ? 0 : way.depth() + 1;
    }

    Row row() {
        return new Row(
                position,
                append.id(),
                append.conversation(),
                append.customer(),
                append.channel(),
                append.account(),
                append.direction(),
                append.type(),
                append.receivedAt(),
                append.body());
    }

    static void bind(PreparedStatement statement, int before, InteractionRow row)
            throws SQLException {
        Change.Append append = row.append;
        long receivedAt = Micros.of(append.receivedAt());
        int i = before;
        statement.setLong(++i, row.position);
        statement.setBytes(++i, row.id);
        statement.setBytes(++i, row.conversation);
        statement.setBytes(++i, row.customer);
        statement.setString(++i, append.channel().value());
        statement.setString(++i, append.account().value());
        statement.setString(++i, append.direction().name());
        statement.setString(++i, append.type());
        statement.setString(++i, append.weight().name());
        statement.setLong(++i, receivedAt);
        statement.setLong(++i, row.rawEvent);
        statement.setLong(++i, row.previous);
        statement.setLong(++i, row.jump);
        statement.setInt(++i, row.depth);
        statement.setInt(++i, row.checksum(receivedAt));
        statement.setBytes(++i, row.body);
        Instant saidAt = append.saidAt();
        if (saidAt == null) {
            statement.setNull(++i, Types.INTEGER);
        } else {
            statement.setLong(++i, Micros.of(saidAt));
        }
    }

    private int checksum(long receivedAt) {
        return checksum(
                position,
                id,
                conversation,
                customer,
                append.channel().value(),
                append.account().value(),
                append.direction().name(),
                append.type(),
                append.weight().name(),
                receivedAt,
                rawEvent,
                previous,
                jump,
                depth,
                bodyChecksum,
                append.saidAt());
    }

    /// Over all columns in their order, the body by its own checksum. Rows of before there was
    /// `said_at` are as they were.
    static int checksum(
            long position,
            byte[] id,
            byte @Nullable [] conversation,
            byte @Nullable [] customer,
            String channel,
            String account,
            String direction,
            String type,
            String weight,
            long receivedAt,
            long rawEvent,
            long previous,
            long jump,
            int depth,
            int bodyChecksum,
            @Nullable Instant saidAt) {
        var sum =
                new Checksum()
                        .with(position)
                        .with(id)
                        .with(conversation)
                        .with(customer)
                        .with(channel)
                        .with(account)
                        .with(direction)
                        .with(type)
                        .with(weight)
                        .with(receivedAt)
                        .with(rawEvent)
                        .with(previous)
                        .with(jump)
                        .with(depth)
                        .with(bodyChecksum);
        return (saidAt == null ? sum : sum.with(Micros.of(saidAt))).value();
    }
}
