package io.tributary.host.journal;

import io.tributary.model.Bytes;
import java.time.Instant;
import java.util.List;

/// Reads plugin jars that were taken up. What is there stays as it is. Blocking, thread safe.
public interface PluginArtifacts {

    /// Without their bytes, oldest first.
    List<About> all();

    /// The jars with this digest: the same but for who signed them. Oldest first.
    ///
    /// @param sha256 as in [About#sha256]
    List<Artifact> bySha256(String sha256);

    /// What is known of a jar.
    ///
    /// @param sha256 of the jar with an empty comment, in lower-case hexadecimal digits
    /// @param id the plugin's
    /// @param manifest what it says of itself, as JSON
    /// @param signer the id of the key that signed it; empty: none did
    record About(
            String sha256,
            String id,
            String version,
            String manifest,
            String signer,
            Instant addedAt,
            String addedBy) {}

    /// A jar with all its bytes, as they were stored: whoever loads them verifies them again.
    record Artifact(About about, Bytes bytes) {}
}
