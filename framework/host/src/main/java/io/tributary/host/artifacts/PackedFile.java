package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// One entry of a jar, as it lies there.
///
/// @param packed the bytes in the jar: deflated, or as they are
/// @param size how many bytes it unpacks to
record PackedFile(String name, boolean deflated, Bytes packed, int size, long crc) {

    boolean isFolder() {
        return name.endsWith("/");
    }

    /// The content. Never makes more than the promised size, whatever the bytes would unpack to.
    ///
    /// @throws Rejected it does not unpack to exactly what is promised
    byte[] unpack() throws Rejected {
        byte[] content = deflated ? inflated() : packed.toArray();
        var sum = new CRC32();
        sum.update(content, 0, content.length);
        if (content.length != size || sum.getValue() != crc) {
            throw wrong();
        }
        return content;
    }

    private byte[] inflated() throws Rejected {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed.asBuffer());
            byte[] content = new byte[size];
            int have = 0;
            while (have < size) {
                int more = inflater.inflate(content, have, size - have);
                if (more == 0) {
                    throw wrong();
                }
                have += more;
            }
            // the end of the stream may come without a further byte; a byte more is one too many
            if (inflater.inflate(new byte[1]) != 0
                    || !inflater.finished()
                    || inflater.getRemaining() != 0) {
                throw wrong();
            }
            return content;
        } catch (DataFormatException broken) {
            throw wrong();
        } finally {
            inflater.end();
        }
    }

    private Rejected wrong() {
        return new Rejected(
                "its entry "
                        + Words.shown(name)
                        + " does not unpack to what it promises; "
                        + "build it again with an ordinary jar tool");
    }
}
