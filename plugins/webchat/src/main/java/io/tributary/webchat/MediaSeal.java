package io.tributary.webchat;

import io.tributary.model.Bytes;
import io.tributary.model.MediaId;
import io.tributary.spi.NotStored;
import io.tributary.spi.State;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Says which media a visitor may refer to: an id alone could be anybody's. What the widget was
/// given with the id proves it, on whatever member and after a restart. Thread safe.
final class MediaSeal {

    private static final String KEY = "media-key";
    private static final int KEY_BYTES = 32;
    private static final int SEAL_BYTES = 18;

    private final State state;

    MediaSeal(State state) {
        this.state = state;
    }

    /// @throws NotStored the account's key cannot be made now
    String grant(String address, MediaId media) throws NotStored {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal(address, media));
    }

    /// @throws NotStored the account's key cannot be made now
    boolean isGranted(String address, MediaId media, String grant) throws NotStored {
        try {
            return MessageDigest.isEqual(
                    seal(address, media), Base64.getUrlDecoder().decode(grant));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private byte[] seal(String address, MediaId media) throws NotStored {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key().toArray(), "HmacSHA256"));
            var text = address + "\n" + media;
            return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), SEAL_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    /// Of two members that make it at once one is too late, and takes the other's.
    private Bytes key() throws NotStored {
        var there = state.read(KEY);
        if (there == null) {
            var key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            try {
                state.write(State.Change.put(KEY, null, Bytes.wrap(key)));
            } catch (NotStored notStored) {
                if (notStored.why() != NotStored.Why.CONFLICT) {
                    throw notStored;
                }
            }
            there = state.read(KEY);
        }
        if (there == null) {
            throw new NotStored(NotStored.Why.UNAVAILABLE, "the key of media is not there");
        }
        return there.value();
    }
}
