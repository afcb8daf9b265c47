package io.tributary.host.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One master key. It is never used itself: every purpose has a key of its own, derived from it
/// (HKDF with SHA-256, RFC 5869), so that no purpose can be turned against another.
final class MasterKey {

    static final int BYTES = 32;
    static final int ID_BYTES = 8;

    private final byte[] key;
    private final byte[] id;
    private final SecretKey sealing;

    private MasterKey(byte[] key) {
        this.key = key;
        this.id = Arrays.copyOf(derive("key id"), ID_BYTES);
        this.sealing = new SecretKeySpec(derive("sealed values"), "AES");
    }

    /// Reads base64, with either alphabet.
    ///
    /// @param where for messages: never the text itself
    static MasterKey parse(String text, String where) throws SecretsUnusable {
        byte[] bytes;
        try {
            var plain = text.strip().replace('-', '+').replace('_', '/');
            bytes = Base64.getDecoder().decode(plain);
        } catch (IllegalArgumentException notBase64) {
            throw new SecretsUnusable(
                    where + " is not base64; make a key with `openssl rand -base64 32`");
        }
        if (bytes.length != BYTES) {
            throw new SecretsUnusable(
                    where
                            + " holds "
                            + bytes.length
                            + " bytes instead of "
                            + BYTES
                            + "; make a key with `openssl rand -base64 32`");
        }
        return new MasterKey(bytes);
    }

    /// The key for one purpose, 32 bytes.
    byte[] derive(String purpose) {
        var info = ("tributary " + purpose).getBytes(StandardCharsets.UTF_8);
        var how = HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, BYTES);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(how);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256", impossible);
        }
    }

    SecretKey sealing() {
        return sealing;
    }

    /// Tells the key from others; says nothing about it.
    byte[] id() {
        return id.clone();
    }

    String idText() {
        return HexFormat.of().formatHex(id);
    }

    /// The id.
    @Override
    public String toString() {
        return "MasterKey[" + idText() + "]";
    }
}
