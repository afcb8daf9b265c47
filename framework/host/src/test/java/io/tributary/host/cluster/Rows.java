package io.tributary.host.cluster;

import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/// Rows of tests.
final class Rows {

    private Rows() {}

    static Row at(long position) {
        return at(position, "{\"position\":\"" + position + "\"}");
    }

    static Row at(long position, String body) {
        return new Row(
                position,
                new InteractionId(new UUID(1, position)),
                new ConversationId(new UUID(2, position)),
                new CustomerId(new UUID(3, position)),
                new ChannelId("pager"),
                new AccountId("shop"),
                Direction.INBOUND,
                "text",
                Instant.parse("2026-11-22T10:15:30.123456789Z"),
                Bytes.utf8(body));
    }

    /// @param to not included
    static List<Row> between(long from, long to) {
        return LongStream.range(from, to).mapToObj(Rows::at).toList();
    }
}
