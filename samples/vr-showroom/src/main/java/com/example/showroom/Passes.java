package com.example.showroom;

import io.tributary.model.MediaId;
import io.tributary.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What proves who a headset is, and which recordings are its own. Both follow from the account's
/// key, so every member and every later version can check them, and nothing is kept.
final class Passes {

    /// What headsets are called.
    static final String NAME = "[a-z0-9-]{1,32}";

    private static final String OFFERED = "pass.";
    private static final String ALGORITHM = "HmacSHA256";

    private final Secret key;

    Passes(Secret key) {
        this.key = key;
    }

    /// The pass of a headset: its name and a signature, in characters that a subprotocol may have.
    String of(String headset) {
        return headset + "." + signature("headset " + headset);
    }

    /// Who offers a pass that is ours.
    ///
    /// @return null: nobody
    @Nullable String headset(List<String> subprotocols) {
        for (var offered : subprotocols) {
            int dot = offered.lastIndexOf('.');
            if (offered.startsWith(OFFERED) && dot > OFFERED.length()) {
                var name = offered.substring(OFFERED.length(), dot);
                var claimed = offered.substring(OFFERED.length());
                return name.matches(NAME) && isSame(of(name), claimed) ? name : null;
            }
        }
        return null;
    }

    /// Ties a recording to the visitor who may send it: another's could be named as well.
    String seal(String address, MediaId media) {
        return signature("recording " + address + " " + media);
    }

    /// Whether the visitor was given this recording.
    boolean isSealed(String address, MediaId media, String seal) {
        return isSame(seal(address, media), seal);
    }

    private static boolean isSame(String ours, String theirs) {
        return MessageDigest.isEqual(
                ours.getBytes(StandardCharsets.UTF_8), theirs.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String what) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            var secret = key.reveal().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
