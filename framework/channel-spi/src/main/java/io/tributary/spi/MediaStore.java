package io.tributary.spi;

import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Pictures, sounds and files of conversations. Bytes are kept once, by content.
@HostProvided
public interface MediaStore {

    /// Keeps what the stream holds, durably. Does not close the stream.
    ///
    /// @param name the file's name as the sender gave it; null: none
    /// @param type its media type as the sender gave it; null: found out from the bytes
    /// @throws IOException the stream failed, is longer than the host allows, or the store is full;
    ///   nothing was kept
    MediaId keep(InputStream stream, @Nullable String name, @Nullable String type)
            throws IOException;

    /// Reads what was kept. The caller closes the stream.
    ///
    /// @throws IOException there is no such media, or not any more
    InputStream open(MediaId media) throws IOException;

    /// A public address from which the provider can fetch it.
    ///
    /// @param valid for how long; the host may allow less
    URI link(MediaId media, Duration valid);
}
