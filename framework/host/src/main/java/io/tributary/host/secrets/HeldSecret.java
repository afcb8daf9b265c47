package io.tributary.host.secrets;

import io.tributary.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A secret in memory, ready to be compared without being copied. Immutable.
public final class HeldSecret implements Secret {

    private final String value;
    private final byte[] bytes;

    public HeldSecret(String value) {
        this.value = value;
        this.bytes = value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String reveal() {
        return value;
    }

    /// Takes a time that depends on the length of what is given and on nothing else.
    @Override
    public boolean matches(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
