package io.tributary.testkit;

import io.tributary.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A secret that is kept in memory.
final class FakeSecret implements Secret {

    private final String value;

    FakeSecret(String value) {
        this.value = value;
    }

    @Override
    public String reveal() {
        return value;
    }

    @Override
    public boolean matches(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8),
                        given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
