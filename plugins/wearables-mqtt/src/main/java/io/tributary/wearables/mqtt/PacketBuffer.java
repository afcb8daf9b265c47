package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream into packets. What is there of a packet stays here while the rest is waited for,
/// so a wait may end at any time and nothing is lost.
final class PacketBuffer {

    private static final int USUAL = 16 * 1024;
    private static final int LONGEST_LENGTH = 4;

    /// So much of a message that is too long holds its topic and its packet identifier.
    private static final int BEGINNING = 2 + 0xFFFF + 2;

    /// A packet as it came.
    ///
    /// @param first its first byte: type and flags
    /// @param body what follows its length
    /// @param missing how many bytes of its end are passed over
    record Framed(int first, Bytes body, int missing) {}

    private final InputStream in;
    private final int most;
    private byte[] held = new byte[USUAL];
    private int start;
    private int end;
    private int unwanted;

    /// @param most bytes of a packet: more were agreed on with nobody. Of a message only the
    ///   beginning is kept then, by which it can be acknowledged: it would come again for ever
    PacketBuffer(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /// The next packet; null: not all of it is there.
    @Nullable Framed poll() throws NotMqtt {
        if (!passedOver()) {
            return null;
        }
        int length = 0;
        for (int i = 1; i <= LONGEST_LENGTH; i++) {
            if (start + i >= end) {
                return null;
            }
            int next = held[start + i] & 0xFF;
            length |= (next & 0x7F) << (7 * (i - 1));
            if (next < 0x80) {
                return whole(1 + i, length);
            }
        }
        throw new NotMqtt("a packet's length of more than four bytes");
    }

    /// Whether nothing is left of a message that was too long.
    private boolean passedOver() {
        int now = Math.min(unwanted, end - start);
        start += now;
        unwanted -= now;
        return unwanted == 0;
    }

    private @Nullable Framed whole(int head, int length) throws NotMqtt {
        int kept = length <= most - head ? length : beginning(head, length);
        int all = head + kept;
        if (end - start < all) {
            makeRoom(all);
            return null;
        }
        var body = Bytes.wrap(Arrays.copyOfRange(held, start + head, start + all));
        int first = held[start] & 0xFF;
        start += all;
        unwanted = length - kept;
        return new Framed(first, body, unwanted);
    }

    /// Only a message is somebody else's: what a broker says of its own keeps to what was agreed.
    private int beginning(int head, int length) throws NotMqtt {
        if ((held[start] & 0xFF) >>> 4 != Packet.PUBLISH) {
            throw new NotMqtt("a packet of " + length + " bytes, at most " + most);
        }
        return Math.min(most - head, BEGINNING);
    }

    /// Waits for more, as long as the stream does.
    ///
    /// @throws EOFException there is no more
    /// @throws java.net.SocketTimeoutException nothing came
    void fill() throws IOException {
        if (end == held.length || start == end) {
            makeRoom(Math.max(end - start + 1, USUAL));
        }
        int count = in.read(held, end, held.length - end);
        if (count < 0) {
            throw new EOFException("the broker hung up");
        }
        end += count;
    }

    /// Moves what is there to the front, into a buffer in which a packet of that size fits. A large
    /// buffer goes when what made it large is gone.
    private void makeRoom(int all) {
        if (held.length - start >= all && end < held.length && start < end) {
            return;
        }
        int there = end - start;
        int size = Math.max(all, USUAL);
        byte[] next = size == held.length ? held : new byte[size];
        System.arraycopy(held, start, next, 0, there);
        held = next;
        start = 0;
        end = there;
    }
}
