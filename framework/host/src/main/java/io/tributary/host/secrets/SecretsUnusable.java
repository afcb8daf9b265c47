package io.tributary.host.secrets;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A secret or the master key cannot be used. The text says where, why and what to do, and shows
/// nothing of it.
public final class SecretsUnusable extends IOException {

    private static final long serialVersionUID = 1L;

    public SecretsUnusable(String message) {
        super(message);
    }

    SecretsUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
