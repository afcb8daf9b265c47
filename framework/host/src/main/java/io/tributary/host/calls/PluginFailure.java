package io.tributary.host.calls;

import io.tributary.model.Reason;
import io.tributary.spi.NotStored;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A call into a plugin that gave no result: thrown, late, stuck or not made at all. Holds text
/// only, never an object of the plugin, which would keep the plugin's classes in memory.
public final class PluginFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause cause;
    private final String type;
    private final String trace;
    private final @Nullable Trouble trouble;
    private final NotStored.@Nullable Why why;

    /// A failure, as text.
    ///
    /// @param type the class name of what was thrown; empty where nothing was
    /// @param message safe to store; it may be what a customer said, so never log it
    public PluginFailure(Cause cause, String type, String message) {
        this(cause, type, message, "", null, null);
    }

    PluginFailure(
            Cause cause,
            String type,
            String message,
            String trace,
            @Nullable Trouble trouble,
            NotStored.@Nullable Why why) {
        super(message, null, false, false);
        this.cause = cause;
        this.type = type;
        this.trace = trace;
        this.trouble = trouble;
        this.why = why;
    }

    static PluginFailure of(Cause cause, String message) {
        return new PluginFailure(cause, "", message);
    }

    /// Why there is no result.
    public Cause why() {
        return cause;
    }

    /// The class name of what was thrown; empty where nothing was.
    public String type() {
        return type;
    }

    /// Where it was thrown, outermost cause first, one line for each class and each of its first
    /// frames. Names code only, so it may be logged.
    public String trace() {
        return trace;
    }

    /// What the plugin said with a `Trouble`; null for every other cause than [Cause#TROUBLE].
    public @Nullable Trouble trouble() {
        return trouble;
    }

    /// Why something was not stored; null for every other cause than [Cause#NOT_STORED].
    public NotStored.@Nullable Why notStored() {
        return why;
    }

    /// Cause and class, without the message: fit for logs.
    @Override
    @SuppressWarnings(
            "OverrideThrowableToString") // the message must stay readable for dead letters
    public String toString() {
        return type.isEmpty() ? cause.toString() : cause + " " + type;
    }

    /// A copy of the SPI's exception of that name.
    ///
    /// @param retryAfter when it may work; null: never
    public record Trouble(Reason reason, @Nullable Duration retryAfter) {}

    /// Why a call gave no result.
    public enum Cause {
        /// The plugin threw.
        THROWN,
        /// The plugin threw `Malformed`.
        MALFORMED,
        /// The plugin passed a `NotStored` on.
        NOT_STORED,
        /// The plugin threw `Trouble`.
        TROUBLE,
        /// It was interrupted at its deadline and then threw.
        DEADLINE,
        /// It still ran a second after its interrupt.
        STUCK,
        /// It was not made: the account was closed, the plugin quarantined, or too many waited.
        CLOSED
    }
}
