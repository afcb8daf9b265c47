package io.tributary.host.journal;

import java.io.ByteArrayOutputStream;
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
        return digest.digest(link(at, texts));
    }

    /// What is hashed behind the hash before.
    static byte[] link(long at, String... texts) {
        var link = new ByteArrayOutputStream();
        link.writeBytes(ByteBuffer.allocate(8).putLong(0, at).array());
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            link.writeBytes(ByteBuffer.allocate(4).putInt(0, bytes.length).array());
            link.writeBytes(bytes);
        }
        return link.toByteArray();
    }
}
