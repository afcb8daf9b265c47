package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, as lower-case hexadecimal digits.
final class Digests {

    private Digests() {}

    static String of(Bytes... parts) {
        MessageDigest digest = sha256();
        for (Bytes part : parts) {
            digest.update(part.asBuffer());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
