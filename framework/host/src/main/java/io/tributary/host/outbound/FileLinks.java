package io.tributary.host.outbound;

import io.tributary.model.MediaId;
import java.net.URI;
import java.time.Instant;

/// Addresses under which customers read files that their channel cannot carry.
@FunctionalInterface
public interface FileLinks {

    /// The address of a file.
    ///
    /// @param ends when it stops to work; the same moment gives the same address
    URI link(MediaId file, Instant ends);
}
