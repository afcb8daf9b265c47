package io.tributary.host.journal;

import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The bytes of media where members share them, beside the log. Blocking, thread safe; never in the
/// way of what is appended, and a piece at a time in memory.
///
/// Bytes are put before the medium is recorded, and go by themselves: some time after retention let
/// the record go, or a day after they were put and never recorded.
public interface MediaBytes {

    /// What is put or asked for.
    ///
    /// @param sha256 of the bytes, in lower-case hexadecimal digits
    /// @param bytes how many
    record Content(MediaId media, String sha256, long bytes) {}

    /// Where the bytes are read from; may be opened more than once.
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /// Puts the bytes: durable and whole when this returns, not there at all when it throws, or
    /// there whole. The same once more does no harm, whoever puts it.
    ///
    /// @throws IOException the source does not hold what was said of it, or cannot be read
    /// @throws JournalUnavailable they cannot be put now
    void put(Content content, Source source) throws IOException;

    /// Whether they are there.
    ///
    /// @throws JournalUnavailable that cannot be told now
    boolean holds(Content content);

    /// Whether the journal knows nothing of this place. Else it refuses to record what was not put
    /// here, and lets go by itself of what no record names.
    default boolean elsewhere() {
        return false;
    }

    /// Writes the bytes, and tells whether they were there. Nothing is to be made of them before
    /// this returns: only then they are known to be the right ones.
    ///
    /// @throws IOException they are damaged, or cannot be written there
    /// @throws JournalUnavailable they cannot be read now
    boolean read(Content content, OutputStream to) throws IOException;
}
