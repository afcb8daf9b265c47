package io.tributary.spi;

import io.tributary.model.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something asked of the provider did not work.
public final class Trouble extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Reason reason;
    private final @Nullable Duration retryAfter;

    /// Trouble for a reason.
    ///
    /// @param retryAfter when it may work; null: never
    public Trouble(Reason reason, @Nullable Duration retryAfter) {
        super(reason.text());
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /// It will never work.
    public static Trouble last(String code, String text) {
        return new Trouble(new Reason(code, text), null);
    }

    /// It may work after this time.
    public static Trouble retry(Duration after, String code, String text) {
        return new Trouble(new Reason(code, text), after);
    }

    public Reason reason() {
        return reason;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
