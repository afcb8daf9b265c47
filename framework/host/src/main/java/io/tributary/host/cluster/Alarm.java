package io.tributary.host.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators that somebody in the grid cannot be understood: one line a minute, however many
/// messages it is. Thread safe.
final class Alarm {

    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private long since;
    private long told;
    private long last;
    private @Nullable UUID suspect;

    /// Something could not be opened.
    ///
    /// @param sender whom it came from; null: not known
    synchronized void notOpened(String feed, @Nullable UUID sender) {
        long now = System.nanoTime();
        since++;
        last = now;
        suspect = sender;
        if (since == 1 || now - told >= PAUSE) {
            told = now;
            LOG.error(
                    "cannot open what a member sends: it has another cluster key, or is none of"
                            + " ours feed={} member={} messages={}",
                    feed,
                    sender,
                    since);
        }
    }

    /// What an operator should know; empty when the last such message is a while ago.
    synchronized Optional<String> text() {
        if (since == 0 || System.nanoTime() - last > 2 * PAUSE) {
            return Optional.empty();
        }
        return Optional.of(
                "%d messages of the grid could not be opened, the last from member %s: it has another cluster key, or is none of ours"
                        .formatted(since, suspect));
    }
}
