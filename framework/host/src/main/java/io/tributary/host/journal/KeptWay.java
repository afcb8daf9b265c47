package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a conversation's row keeps its way back ([Skips]): a checksum, the depth, the last position,
/// and how far each of the others lies before the one it follows, in as few bytes as each needs.
///
/// What the next interaction points to is taken from here, and stays in the log for ever. So a way
/// is believed only if it is whole, of this conversation, and as of the position that the row ends
/// at; else the way is walked.
final class KeptWay {

    private static final int CHECKSUM = Integer.BYTES;
    private static final int MOST_OF_A_NUMBER = 10;

    private KeptWay() {}

    /// Null: it is not known.
    static byte @Nullable [] of(Skips way, ConversationId conversation) {
        if (!way.known()) {
            return null;
        }
        long[] positions = way.positions();
        var bytes = ByteBuffer.allocate(CHECKSUM + (positions.length + 1) * MOST_OF_A_NUMBER);
        bytes.position(CHECKSUM);
        put(bytes, way.depth());
        long before = 0;
        for (int i = 0; i < positions.length; i++) {
            put(bytes, i == 0 ? positions[i] : before - positions[i]);
            before = positions[i];
        }
        byte[] kept = Arrays.copyOf(bytes.array(), bytes.position());
        ByteBuffer.wrap(kept).putInt(checksum(kept, conversation));
        return kept;
    }

    /// @param last position of the conversation as its row has it
    /// @return null: the way has to be walked
    static @Nullable Skips read(byte @Nullable [] kept, ConversationId conversation, long last) {
        if (kept == null || !intact(kept, conversation)) {
            return null;
        }
        Skips way = read(ByteBuffer.wrap(kept, CHECKSUM, kept.length - CHECKSUM));
        return way != null && way.previous() == last ? way : null;
    }

    /// Whether these are the bytes that were written, for this conversation.
    static boolean intact(byte[] kept, ConversationId conversation) {
        return kept.length > CHECKSUM
                && ByteBuffer.wrap(kept).getInt() == checksum(kept, conversation);
    }

    private static @Nullable Skips read(ByteBuffer bytes) {
        try {
            int depth = Math.toIntExact(number(bytes));
            long[] positions = new long[bytes.remaining()];
            int count = 0;
            for (long before = 0; bytes.hasRemaining(); count++) {
                before = count == 0 ? number(bytes) : before - number(bytes);
                positions[count] = before;
            }
            return new Skips(depth, Arrays.copyOf(positions, count));
        } catch (BufferUnderflowException | ArithmeticException _) {
            return null;
        }
    }

    private static int checksum(byte[] kept, ConversationId conversation) {
        return new Checksum()
                .with(Sql.bytes(conversation.value()))
                .with(Arrays.copyOfRange(kept, CHECKSUM, kept.length))
                .value();
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    private static void put(ByteBuffer bytes, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        byte next;
        int shift = 0;
        do {
            next = bytes.get();
            number |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return number;
    }
}
