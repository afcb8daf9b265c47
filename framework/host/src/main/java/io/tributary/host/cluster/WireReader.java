package io.tributary.host.cluster;

import io.tributary.model.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Reads what [WireWriter] wrote. Contents are sections of the message, without a copy. For one
/// thread.
///
/// Every method throws [Unreadable] where the bytes are not what it should find.
final class WireReader {

    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private final Bytes all;
    private final ByteBuffer bytes;
    private final List<String> words = new ArrayList<>();

    WireReader(Bytes all) {
        this.all = all;
        this.bytes = all.asBuffer();
    }

    int octet() {
        need(1);
        return bytes.get() & 0xff;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = octet();
            value |= (long) (next & SEVEN_BITS) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new Unreadable("a number does not end");
    }

    /// A number of things that take a byte each at least.
    int count() {
        long value = number();
        if (value < 0 || value > bytes.remaining()) {
            throw new Unreadable("more is announced than there is");
        }
        return (int) value;
    }

    UUID uuid() {
        need(2 * Long.BYTES);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    String text() {
        return content().utf8();
    }

    String word() {
        long known = number();
        if (known == words.size()) {
            words.add(text());
        }
        if (known < 0 || known >= words.size()) {
            throw new Unreadable("a word was not said before");
        }
        return words.get((int) known);
    }

    Bytes content() {
        int length = count();
        int from = bytes.position();
        bytes.position(from + length);
        return all.slice(from, from + length);
    }

    private void need(int length) {
        if (bytes.remaining() < length) {
            throw new Unreadable("ends too early");
        }
    }
}
