package io.tributary.host.media;

import io.tributary.model.MediaId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Addresses of media that end: whoever has one may read the medium until then, and nothing else.
/// Thread safe.
public final class Links {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID = 36;

    private final SecretKeySpec key;
    private final URI base;
    private final Duration longest;
    private final InstantSource clock;

    /// Links of one deployment.
    ///
    /// @param key 32 bytes, made from the master key for this purpose alone
    /// @param base of the pages' origin, to which `/media/…` is added
    /// @param longest no link is valid for longer
    public Links(byte[] key, URI base, Duration longest, InstantSource clock) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the key of links has 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.base = base;
        this.longest = longest;
        this.clock = clock;
    }

    public URI link(MediaId media, Duration valid) {
        Duration shorter = valid.compareTo(longest) > 0 ? longest : valid;
        long ends = clock.instant().plus(shorter).getEpochSecond();
        String said = media + "." + Long.toHexString(ends);
        return base.resolve("/media/" + said + "." + sign(said));
    }

    /// Which medium the end of a link's path stands for; empty where we did not make it, or where
    /// it has ended.
    public Optional<MediaId> read(String token) {
        int dot = token.lastIndexOf('.');
        if (dot <= ID || token.length() > 200 || token.charAt(ID) != '.') {
            return Optional.empty();
        }
        String said = token.substring(0, dot);
        byte[] signature = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(signature, sign(said).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        var ends = Instant.ofEpochSecond(Long.parseLong(said.substring(ID + 1), 16));
        return clock.instant().isAfter(ends)
                ? Optional.empty()
                : Optional.of(MediaId.of(said.substring(0, ID)));
    }

    private String sign(String said) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(said.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
