package io.tributary.host.journal;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// CRC-32C over the columns of a row, so that a changed byte is found when the row is read. Every
/// value is preceded by its length, so that no two rows run into the same bytes.
///
/// Finds accidents: it is no defence against somebody who can write the file.
final class Checksum {

    private final CRC32C sum = new CRC32C();
    private final byte[] number = new byte[8];

    /// Of one value alone, such as a body, to be put into a row's checksum as a number.
    static int of(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes, 0, bytes.length);
        return (int) sum.getValue();
    }

    Checksum restart() {
        sum.reset();
        return this;
    }

    Checksum with(long value) {
        for (int i = 0; i < 8; i++) {
            number[i] = (byte) (value >>> (8 * i));
        }
        sum.update(number, 0, 8);
        return this;
    }

    Checksum with(byte @Nullable [] bytes) {
        if (bytes == null) {
            return with(-1);
        }
        with(bytes.length);
        sum.update(bytes, 0, bytes.length);
        return this;
    }

    Checksum with(@Nullable String text) {
        return with(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    int value() {
        return (int) sum.getValue();
    }
}
