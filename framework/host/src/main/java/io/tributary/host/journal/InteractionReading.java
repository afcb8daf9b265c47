package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows of `interaction` and believes none whose checksum is wrong.
final class InteractionReading {

    static final String SELECT = "select " + InteractionRow.COLUMNS + " from interaction ";

    static final String AT = SELECT + "where position = ?";

    static final String MARKS =
            "select position, conversation, weight, received_at, said_at, previous, jump, depth"
                    + " from interaction where position > ? and conversation is not null order by position";

    private InteractionReading() {}

    /// What an interaction means for its conversation.
    record Mark(
            long position,
            ConversationId conversation,
            Change.Weight weight,
            Instant receivedAt,
            @Nullable Instant saidAt,
            long previous,
            long jump,
            int depth) {

        /// Whether it was put where this way led.
        boolean follows(Skips way) {
            return way.known()
                    && way.previous() == previous
                    && way.jump() == jump
                    && way.depth() + 1 == depth;
        }

        static Mark read(Columns columns) throws SQLException {
            return new Mark(
                    columns.number(),
                    columns.conversation(),
                    columns.constant(Change.Weight.class),
                    columns.instant(),
                    columns.instantOrNull(),
                    columns.number(),
                    columns.number(),
                    columns.smallNumber());
        }
    }

    /// A row with the places it points to.
    record Whole(
            Row row, Change.Weight weight, long rawEvent, long previous, long jump, int depth) {}

    static Optional<Row> byId(Sql sql, InteractionId id) throws SQLException {
        return sql.first(SELECT + "where id = ?", InteractionReading::row, id);
    }

    static Row row(Columns columns) throws SQLException {
        return whole(columns).row();
    }

    /// @throws Damaged the row is not what was written
    static Whole whole(Columns columns) throws SQLException {
        long position = columns.number();
        byte[] id = columns.array();
        byte @Nullable [] conversation = columns.arrayOrNull();
        byte @Nullable [] customer = columns.arrayOrNull();
        String channel = columns.text();
        String account = columns.text();
        String direction = columns.text();
        String type = columns.text();
        String weight = columns.text();
        long receivedAt = columns.number();
        long rawEvent = columns.number();
        long previous = columns.number();
        long jump = columns.number();
        int depth = columns.smallNumber();
        int checksum = columns.smallNumber();
        byte[] body = columns.array();
        Instant saidAt = columns.instantOrNull();
        int now =
                InteractionRow.checksum(
                        position,
                        id,
                        conversation,
                        customer,
                        channel,
                        account,
                        direction,
                        type,
                        weight,
                        receivedAt,
                        rawEvent,
                        previous,
                        jump,
                        depth,
                        Checksum.of(body),
                        saidAt);
        if (now != checksum) {
            throw new Damaged("the interaction at position " + position);
        }
        var row =
                new Row(
                        position,
                        new InteractionId(Columns.uuid(id)),
                        conversation == null
                                ? null
                                : new ConversationId(Columns.uuid(conversation)),
                        customer == null ? null : new CustomerId(Columns.uuid(customer)),
                        new ChannelId(channel),
                        new AccountId(account),
                        Direction.valueOf(direction),
                        type,
                        Micros.instant(receivedAt),
                        Bytes.wrap(body));
        return new Whole(row, Change.Weight.valueOf(weight), rawEvent, previous, jump, depth);
    }
}
