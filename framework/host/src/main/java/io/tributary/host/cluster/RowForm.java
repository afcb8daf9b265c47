package io.tributary.host.cluster;

import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Rows of the log as they cross the grid: about 60 bytes and the body, where the log's columns
/// would take 150.
///
/// A change of the form is a new version of the message that holds it: members of two versions run
/// side by side while a cluster is upgraded, and ignore what they cannot read.
final class RowForm {

    private static final int IN_CONVERSATION = 4;
    private static final int OF_CUSTOMER = 8;
    private static final int ENVELOPE_BYTES = 100;

    private RowForm() {}

    /// About how many bytes the rows take.
    static long weight(List<Row> rows) {
        long sum = 0;
        for (Row row : rows) {
            sum += row.body().length() + ENVELOPE_BYTES;
        }
        return sum;
    }

    static void write(List<Row> rows, WireWriter out) {
        out.number(rows.size());
        for (Row row : rows) {
            write(row, out);
        }
    }

    private static void write(Row row, WireWriter out) {
        ConversationId conversation = row.conversation();
        CustomerId customer = row.customer();
        Instant received = row.receivedAt();
        out.number(row.position())
                .octet(
                        code(row.direction())
                                | (conversation == null ? 0 : IN_CONVERSATION)
                                | (customer == null ? 0 : OF_CUSTOMER))
                .uuid(row.id().value());
        if (conversation != null) {
            out.uuid(conversation.value());
        }
        if (customer != null) {
            out.uuid(customer.value());
        }
        out.word(row.channel().value())
                .word(row.account().value())
                .word(row.type())
                .number(received.getEpochSecond())
                .number(received.getNano())
                .content(row.body());
    }

    /// @throws Unreadable these are no rows
    static List<Row> read(WireReader in) {
        int count = in.count();
        List<Row> rows = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                rows.add(row(in));
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
            throw new Unreadable("a row cannot be: " + wrong.getClass().getSimpleName());
        }
        return rows;
    }

    private static Row row(WireReader in) {
        long position = in.number();
        int flags = in.octet();
        return new Row(
                position,
                new InteractionId(in.uuid()),
                (flags & IN_CONVERSATION) == 0 ? null : new ConversationId(in.uuid()),
                (flags & OF_CUSTOMER) == 0 ? null : new CustomerId(in.uuid()),
                new ChannelId(in.word()),
                new AccountId(in.word()),
                direction(flags & 3),
                in.word(),
                Instant.ofEpochSecond(in.number(), in.number()),
                in.content());
    }

    /// By name and not by place in the enumeration, which may change.
    private static int code(Direction direction) {
        return switch (direction) {
            case INBOUND -> 0;
            case OUTBOUND -> 1;
            case INTERNAL -> 2;
        };
    }

    private static Direction direction(int code) {
        return switch (code) {
            case 0 -> Direction.INBOUND;
            case 1 -> Direction.OUTBOUND;
            case 2 -> Direction.INTERNAL;
            default -> throw new Unreadable("a direction that there is not");
        };
    }
}
