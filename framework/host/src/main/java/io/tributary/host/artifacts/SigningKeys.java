package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// Ed25519 keys, their texts (PEM) and their ids, and what is done with them. The JDK's own
/// provider does the arithmetic.
public final class SigningKeys {

    /// What an id looks like.
    static final String ID = "ed25519-[0-9a-f]{32}";

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int ID_DIGITS = 32;

    private SigningKeys() {}

    /// A new pair.
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw noEd25519(impossible);
        }
    }

    /// What a key is called: `ed25519-` and the beginning of the public key's SHA-256.
    public static String id(PublicKey key) {
        return "ed25519-" + Digests.of(Bytes.wrap(key.getEncoded())).substring(0, ID_DIGITS);
    }

    /// Both keys of a pair in PEM, the private one (PKCS#8) first: whoever reads it can sign.
    public static String pem(KeyPair pair) {
        return pem(PRIVATE, pair.getPrivate().getEncoded()) + pem(pair.getPublic());
    }

    /// The public key as SPKI in PEM.
    public static String pem(PublicKey key) {
        return pem(PUBLIC, key.getEncoded());
    }

    /// The one line between the first and the last of the public key's PEM text.
    public static String line(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /// Reads what [#pem(KeyPair)] writes.
    ///
    /// @throws IllegalArgumentException it is none; the message quotes nothing of it
    public static KeyPair readPair(String text) {
        try {
            var factory = KeyFactory.getInstance("Ed25519");
            var secret = factory.generatePrivate(new PKCS8EncodedKeySpec(block(PRIVATE, text)));
            var pair = new KeyPair(readPublic(text), secret);
            Bytes sample = Bytes.utf8("do these two belong together?");
            if (!verify(pair.getPublic(), sample, sign(pair.getPrivate(), sample))) {
                throw new IllegalArgumentException("the two keys in it are not of one pair");
            }
            return pair;
        } catch (GeneralSecurityException wrong) {
            // without a cause: nothing of a private key is to reach a log
            throw new IllegalArgumentException("the private key in it is not an Ed25519 key");
        }
    }

    /// Reads what [#pem(PublicKey)] or [#line] writes.
    ///
    /// @throws IllegalArgumentException it is none
    public static PublicKey readPublic(String text) {
        byte[] encoded = text.contains("-----BEGIN") ? block(PUBLIC, text) : decoded(text);
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException("the public key in it is not an Ed25519 key");
        }
    }

    /// The same for the same key and bytes, always.
    static Bytes sign(PrivateKey key, Bytes bytes) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes.asBuffer());
            return Bytes.wrap(signature.sign());
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException("the key cannot sign", wrong);
        }
    }

    static boolean verify(PublicKey key, Bytes bytes, Bytes signed) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(bytes.asBuffer());
            return signature.verify(signed.toArray());
        } catch (SignatureException malformed) {
            return false;
        } catch (InvalidKeyException | NoSuchAlgorithmException wrong) {
            throw new IllegalArgumentException("the key cannot verify", wrong);
        }
    }

    private static byte[] block(String what, String text) {
        String begin = "-----BEGIN " + what + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + what + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("there is no line " + begin + " in it");
        }
        return decoded(text.substring(from + begin.length(), to));
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("the key in it is not base64");
        }
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(
                        what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded))
                .replace("\r\n", "\n");
    }

    private static IllegalStateException noEd25519(GeneralSecurityException cause) {
        return new IllegalStateException("every Java since 15 has Ed25519", cause);
    }
}
