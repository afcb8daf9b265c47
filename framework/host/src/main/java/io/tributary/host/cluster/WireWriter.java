package io.tributary.host.cluster;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Writes the compact form in which things cross the grid. Whole numbers take as many bytes as they
/// need, texts that come again are referred to by their number. For one thread.
final class WireWriter {

    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final Map<String, Integer> words = new HashMap<>();

    WireWriter octet(int value) {
        bytes.write(value);
        return this;
    }

    /// @param value small ones that are not negative are short
    WireWriter number(long value) {
        long rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            bytes.write((int) (rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    WireWriter uuid(UUID value) {
        return fixed(value.getMostSignificantBits()).fixed(value.getLeastSignificantBits());
    }

    private WireWriter fixed(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    WireWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    /// A text that is likely to come again in the same message.
    WireWriter word(String value) {
        Integer known = words.putIfAbsent(value, words.size());
        if (known != null) {
            return number(known);
        }
        return number(words.size() - 1).text(value);
    }

    WireWriter content(Bytes value) {
        number(value.length());
        try {
            value.writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }
}
