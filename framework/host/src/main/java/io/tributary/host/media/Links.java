package io.tributary.host.media;

import io.tributary.model.MediaId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Addresses of media that end: whoever has one may read the medium until then, and nothing else.
/// Thread safe.
public final class Links {

    private static final int ID = 36;

    private final Seal seal;
    private final URI base;
    private final Duration longest;
    private final InstantSource clock;

    /// Links of one deployment.
    ///
    /// @param key 32 bytes, made from the master key for this purpose alone
    /// @param base of the pages' origin, to which `/media/…` is added
    /// @param longest no link that is not for a customer is valid for longer
    public Links(byte[] key, URI base, Duration longest, InstantSource clock) {
        this.seal = new Seal(key);
        this.base = base;
        this.longest = longest;
        this.clock = clock;
    }

    public URI link(MediaId media, Duration valid) {
        Duration shorter = valid.compareTo(longest) > 0 ? longest : valid;
        return until(media, clock.instant().plus(shorter));
    }

    /// For who may have it for as long as they like: a customer to whom a file is sent as a link.
    public URI until(MediaId media, Instant ends) {
        String said = media + "." + Long.toHexString(ends.getEpochSecond());
        return base.resolve("/media/" + seal.seal(said));
    }

    /// Which medium the end of a link's path stands for; empty where we did not make it, or where
    /// it has ended.
    public Optional<MediaId> read(String token) {
        if (token.length() <= ID || token.length() > 200 || token.charAt(ID) != '.') {
            return Optional.empty();
        }
        return seal.open(token).filter(said -> said.length() > ID).flatMap(this::valid);
    }

    private Optional<MediaId> valid(String said) {
        var ends = Instant.ofEpochSecond(Long.parseLong(said.substring(ID + 1), 16));
        return clock.instant().isAfter(ends)
                ? Optional.empty()
                : Optional.of(MediaId.of(said.substring(0, ID)));
    }
}
