package io.tributary.spi;

import io.tributary.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/// When another event is the same one again.
public sealed interface Dedupe {

    /// The provider names its events: the same key on the account is the same event and kept once.
    ///
    /// @param key 1 to 512 characters
    record Key(String key) implements Dedupe {

        public Key {
            Shape.name(key, "a dedupe key");
        }
    }

    /// The provider gives no name: an event that looks like one before it, within this time, is
    /// kept and marked `possibleDuplicate`.
    ///
    /// @param print what it looks like, 1 to 512 characters
    record Print(String print, Duration within) implements Dedupe {

        public Print {
            Shape.name(print, "a dedupe print");
            Shape.positive(within, "the time of a dedupe print");
        }
    }

    static Key key(String key) {
        return new Key(key);
    }

    static Print print(String print, Duration within) {
        return new Print(print, within);
    }

    /// Looks like whatever has the same bytes.
    static Print print(Bytes body, Duration within) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(body.toArray());
            return new Print(HexFormat.of().formatHex(digest), within);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
