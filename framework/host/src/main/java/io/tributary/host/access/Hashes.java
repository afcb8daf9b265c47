package io.tributary.host.access;

import io.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What is kept of a token. Its 32 random bytes cannot be guessed, so a plain hash keeps them as
/// well as a slow one.
final class Hashes {

    private Hashes() {}

    static Bytes of(String secret) {
        try {
            return Bytes.wrap(
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
