package io.tributary.host.cluster;

import io.tributary.host.secrets.SecretsUnusable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// One key that all members of a cluster have. It is never used itself: every purpose has a key of
/// its own, derived from it (HKDF with SHA-256, RFC 5869).
public final class ClusterKey {

    static final int BYTES = 32;
    static final int ID_BYTES = 8;

    private final byte[] key;
    private final byte[] id;

    private ClusterKey(byte[] key) {
        this.key = key;
        this.id = Arrays.copyOf(derive("key id".getBytes(StandardCharsets.UTF_8)), ID_BYTES);
    }

    /// Reads base64, with either alphabet.
    ///
    /// @throws SecretsUnusable it is no key; the text of the exception shows nothing of it
    public static ClusterKey parse(String text) throws SecretsUnusable {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException _) {
            throw new SecretsUnusable(
                    "a cluster key is not base64; make one with `openssl rand -base64 32`");
        }
        if (bytes.length != BYTES) {
            throw new SecretsUnusable(
                    "a cluster key holds %d bytes instead of %d; make one with `openssl rand -base64 32`"
                            .formatted(bytes.length, BYTES));
        }
        return new ClusterKey(bytes);
    }

    /// The key for one purpose, 32 bytes.
    byte[] derive(byte[] purpose) {
        byte[] prefix = "tributary grid ".getBytes(StandardCharsets.UTF_8);
        byte[] info = Arrays.copyOf(prefix, prefix.length + purpose.length);
        System.arraycopy(purpose, 0, info, prefix.length, purpose.length);
        var how = HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, BYTES);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(how);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256", impossible);
        }
    }

    /// Tells the key from others; says nothing about it.
    byte[] id() {
        return id.clone();
    }

    /// The id.
    @Override
    public String toString() {
        return "ClusterKey[" + HexFormat.of().formatHex(id) + "]";
    }
}
