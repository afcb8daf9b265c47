package io.tributary.host.secrets;

import io.tributary.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/// Seals values so that they may lie on disk, and opens them again: AES-256-GCM. Thread safe.
///
/// The first key seals, every key opens. A new key is therefore put in front of the old ones, and
/// an old one is taken away when nothing is sealed by it any more.
///
/// A sealed value is `1, key id (8 bytes), nonce (12 bytes), ciphertext with tag`. What it is about
/// is part of the seal: it cannot be opened as another account's or as another secret.
public final class MasterKeys {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MARK_BYTES = 8;
    private static final int HEADER_BYTES = 1 + MasterKey.ID_BYTES + NONCE_BYTES;

    private final List<MasterKey> keys;
    private final SecureRandom random = new SecureRandom();

    private MasterKeys(List<MasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /// Takes the keys from the environment and from the file `master.key` in the data folder, in
    /// this order. Where there is none in either, the file is made.
    ///
    /// @param environment the value of `TRIBUTARY_MASTER_KEY`: 32 bytes in base64, or several of
    ///   them with commas between; null or blank: not set
    /// @throws SecretsUnusable a key is malformed, or others may read the file
    public static MasterKeys open(Path dataFolder, @Nullable String environment)
            throws SecretsUnusable {
        var keys = new ArrayList<MasterKey>();
        if (environment != null && !environment.isBlank()) {
            for (var text : environment.split(",", -1)) {
                keys.add(MasterKey.parse(text, "TRIBUTARY_MASTER_KEY"));
            }
        }
        var file = new MasterKeyFile(dataFolder);
        if (keys.isEmpty() && !file.exists()) {
            file.make();
        }
        if (file.exists()) {
            keys.addAll(file.read());
        }
        return new MasterKeys(keys);
    }

    /// Seals with the first key.
    ///
    /// @param about what it is, such as account and name; needed again to open it
    public Bytes seal(Bytes plain, String about) {
        var key = keys.getFirst();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var header =
                ByteBuffer.allocate(HEADER_BYTES).put(VERSION).put(key.id()).put(nonce).array();
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, header, about);
            var sealed = Arrays.copyOf(header, HEADER_BYTES + cipher.getOutputSize(plain.length()));
            cipher.doFinal(plain.toArray(), 0, plain.length(), sealed, HEADER_BYTES);
            return Bytes.wrap(sealed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot seal with AES-GCM", impossible);
        }
    }

    /// Opens what was sealed by any of the keys.
    ///
    /// @throws SecretsUnusable the key is not here, or it was sealed about something else, or it
    ///   was changed
    public Bytes open(Bytes sealed, String about) throws SecretsUnusable {
        if (sealed.length() < HEADER_BYTES + TAG_BITS / 8 || sealed.at(0) != VERSION) {
            throw new SecretsUnusable("not a sealed value of this version: set the secret again");
        }
        var header = sealed.slice(0, HEADER_BYTES).toArray();
        var id = Arrays.copyOfRange(header, 1, 1 + MasterKey.ID_BYTES);
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key(id), header, about);
            return Bytes.wrap(
                    cipher.doFinal(sealed.slice(HEADER_BYTES, sealed.length()).toArray()));
        } catch (AEADBadTagException changed) {
            throw new SecretsUnusable(
                    "a sealed value was changed or belongs elsewhere: set the secret again");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot open AES-GCM", impossible);
        }
    }

    /// Whether the value was sealed by another key than the first, and should be sealed anew.
    public boolean outdated(Bytes sealed) {
        return sealed.length() < HEADER_BYTES
                || !Arrays.equals(
                        sealed.slice(1, 1 + MasterKey.ID_BYTES).toArray(), keys.getFirst().id());
    }

    /// A key for another purpose than sealing, such as signing links: 32 bytes, the same as long as
    /// the first master key is.
    public byte[] derive(String purpose) {
        return keys.getFirst().derive("for " + purpose);
    }

    /// By what others can tell that they have one of these keys too; nothing of a key follows from
    /// its mark. The first key's is first.
    public List<String> marks() {
        return keys.stream()
                .map(key -> HexFormat.of().formatHex(key.derive("mark"), 0, MARK_BYTES))
                .toList();
    }

    /// How many keys there are.
    @Override
    public String toString() {
        return "MasterKeys[" + keys.size() + "]";
    }

    private MasterKey key(byte[] id) throws SecretsUnusable {
        for (var key : keys) {
            if (Arrays.equals(key.id(), id)) {
                return key;
            }
        }
        throw new SecretsUnusable(
                "the master key that sealed this value is not here: bring the old key back"
                        + " (TRIBUTARY_MASTER_KEY or master.key in the data folder takes several)"
                        + " or set the secret again");
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] header, String about)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var nonce = new GCMParameterSpec(TAG_BITS, header, HEADER_BYTES - NONCE_BYTES, NONCE_BYTES);
        cipher.init(mode, key.sealing(), nonce);
        cipher.updateAAD(header);
        cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
