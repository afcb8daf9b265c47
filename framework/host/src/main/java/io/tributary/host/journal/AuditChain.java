package io.tributary.host.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// How each audit record's hash follows from the one before: SHA-256 over that hash, the time and
/// the texts, each text preceded by its length. Whoever changes or removes a record would have to
/// rewrite all that follow.
final class AuditChain {

    static final String LAST_HASH = "select hash from audit order by id desc limit 1";
    static final byte[] BEGINNING = new byte[32];

    private AuditChain() {}

    static byte[] next(byte[] before, long at, String... texts) {
        MessageDigest digest = Hash.sha256();
        digest.update(before);
        digest.update(ByteBuffer.allocate(8).putLong(0, at));
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return digest.digest();
    }
}
