package io.tributary.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something worth seeing now and not worth keeping. It has no position and may be lost.
///
/// @param kind what is going on
/// @param line our end
/// @param address the other end
/// @param text what was understood so far, of a [Kind#TRANSCRIPT]; null otherwise
/// @param lasts after which time it is no longer true unless it comes again; more than zero, and
///   taken as a millisecond at the least and a day at the most
public record Signal(
        Kind kind, String line, String address, @Nullable String text, Duration lasts) {

    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /// Kinds of signals.
    public enum Kind {
        /// The other end is writing.
        TYPING,
        /// The other end stopped writing.
        IDLE,
        /// The other end is there.
        ONLINE,
        /// The other end is gone.
        OFFLINE,
        /// What the other end is saying, as far as it was understood.
        TRANSCRIPT
    }

    /// Refuses a duration that is not positive.
    public Signal {
        Check.given(kind, "the kind of a signal");
        Check.given(line, "the line of a signal");
        Check.filled(address, "the address of a signal");
        Check.that(
                Check.given(lasts, "the duration of a signal").isPositive(),
                "a signal must last some time");
        lasts = lasts.compareTo(SHORTEST) < 0 ? SHORTEST : lasts;
        lasts = lasts.compareTo(LONGEST) > 0 ? LONGEST : lasts;
    }

    /// A signal without text that is true for ten seconds.
    public static Signal of(Kind kind, String line, String address) {
        return new Signal(kind, line, address, null, USUAL);
    }

    /// What the other end is saying, as far as it was understood; true for ten seconds.
    public static Signal transcript(String line, String address, String text) {
        return new Signal(Kind.TRANSCRIPT, line, address, text, USUAL);
    }

    /// The same for another time.
    public Signal lasting(Duration time) {
        return new Signal(kind, line, address, text, time);
    }

    /// Only the kind: the rest is personal data.
    @Override
    public String toString() {
        return "Signal[" + kind + "]";
    }
}
