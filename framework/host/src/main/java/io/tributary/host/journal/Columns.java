package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The current row, read from left to right: each call takes the next column.
final class Columns {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Dialect dialect;
    private final ResultSet rows;
    private int column;

    Columns(Dialect dialect, ResultSet rows) {
        this.dialect = dialect;
        this.rows = rows;
    }

    boolean next() throws SQLException {
        column = 0;
        return rows.next();
    }

    long number() throws SQLException {
        return rows.getLong(++column);
    }

    int smallNumber() throws SQLException {
        return rows.getInt(++column);
    }

    boolean flag() throws SQLException {
        return smallNumber() != 0;
    }

    /// Of a column that is a boolean by itself.
    boolean truth() throws SQLException {
        return rows.getBoolean(++column);
    }

    String text() throws SQLException {
        return there(textOrNull());
    }

    @Nullable String textOrNull() throws SQLException {
        String text = rows.getString(++column);
        return text == null ? null : dialect.taken(text);
    }

    byte[] array() throws SQLException {
        return there(arrayOrNull());
    }

    byte @Nullable [] arrayOrNull() throws SQLException {
        return rows.getBytes(++column);
    }

    Bytes bytes() throws SQLException {
        return Bytes.wrap(array());
    }

    Instant instant() throws SQLException {
        return Micros.instant(number());
    }

    @Nullable Instant instantOrNull() throws SQLException {
        long micros = number();
        return rows.wasNull() ? null : Micros.instant(micros);
    }

    UUID uuid() throws SQLException {
        return uuid(array());
    }

    Direction direction() throws SQLException {
        return constant(Direction.class);
    }

    <E extends Enum<E>> E constant(Class<E> type) throws SQLException {
        return Enum.valueOf(type, text());
    }

    <E extends Enum<E>> @Nullable E constantOrNull(Class<E> type) throws SQLException {
        String name = textOrNull();
        return name == null ? null : Enum.valueOf(type, name);
    }

    AccountId account() throws SQLException {
        return new AccountId(text());
    }

    ChannelId channel() throws SQLException {
        return new ChannelId(text());
    }

    InteractionId interaction() throws SQLException {
        return new InteractionId(uuid());
    }

    @Nullable InteractionId interactionOrNull() throws SQLException {
        byte[] bytes = arrayOrNull();
        return bytes == null ? null : new InteractionId(uuid(bytes));
    }

    ConversationId conversation() throws SQLException {
        return new ConversationId(uuid());
    }

    @Nullable ConversationId conversationOrNull() throws SQLException {
        byte[] bytes = arrayOrNull();
        return bytes == null ? null : new ConversationId(uuid(bytes));
    }

    CustomerId customer() throws SQLException {
        return new CustomerId(uuid());
    }

    @Nullable CustomerId customerOrNull() throws SQLException {
        byte[] bytes = arrayOrNull();
        return bytes == null ? null : new CustomerId(uuid(bytes));
    }

    MediaId media() throws SQLException {
        return new MediaId(uuid());
    }

    /// Two columns: code and text.
    @Nullable Reason reasonOrNull() throws SQLException {
        String code = textOrNull();
        String text = textOrNull();
        return code == null ? null : new Reason(code, text == null ? "" : text);
    }

    static UUID uuid(byte[] bytes) {
        if (bytes.length != 16) {
            throw new IllegalArgumentException("an id of " + bytes.length + " bytes");
        }
        return new UUID((long) LONGS.get(bytes, 0), (long) LONGS.get(bytes, 8));
    }

    private static <T> T there(@Nullable T value) throws SQLException {
        if (value == null) {
            throw new Damaged("a value is missing that is always there");
        }
        return value;
    }
}
