package io.tributary.host.webhooks;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// How long to wait after what. Each between half of it and all of it, so that many do not come
/// back at once.
final class Waits {

    /// After this an event is given up, and an app that takes nothing is stopped.
    static final Duration PATIENCE = Duration.ofDays(3);

    /// An app cannot put itself off for longer at once.
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final List<Duration> ASIDE =
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(12));
    private static final Duration FIRST_DOWN = Duration.ofSeconds(10);
    private static final Duration LONGEST_DOWN = Duration.ofMinutes(10);

    private Waits() {}

    /// Before an event that failed is tried once more in its turn.
    static Duration inTurn() {
        return jitter(AT_ONCE);
    }

    /// Before an event that was set aside is tried again.
    ///
    /// @param attempts so far
    static Duration aside(int attempts) {
        return jitter(ASIDE.get(Math.min(Math.max(attempts, 1), ASIDE.size()) - 1));
    }

    /// Before anything is tried again where nothing gets through.
    ///
    /// @param times for how many failures that is so
    static Duration down(int times) {
        Duration doubled = FIRST_DOWN.multipliedBy(1L << Math.min(Math.max(times, 0), 10));
        return jitter(doubled.compareTo(LONGEST_DOWN) < 0 ? doubled : LONGEST_DOWN);
    }

    /// What an app asked for, within limits; empty: nothing that can be read.
    ///
    /// @param retryAfter seconds, or a date, which is taken by the clock here; null: nothing
    static Optional<Duration> asked(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Optional.empty();
        }
        var text = retryAfter.strip();
        try {
            return Optional.of(
                    text.chars().allMatch(Character::isDigit)
                            ? bounded(Long.parseLong(text))
                            : bounded(Duration.between(now, date(text)).toSeconds()));
        } catch (NumberFormatException | DateTimeException | ArithmeticException strange) {
            return Optional.empty();
        }
    }

    private static Instant date(String text) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    }

    private static Duration bounded(long seconds) {
        return Duration.ofSeconds(Math.min(Math.max(seconds, 1), LONGEST_ASKED.toSeconds()));
    }

    private static Duration jitter(Duration full) {
        long half = full.toMillis() / 2;
        return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
    }
}
