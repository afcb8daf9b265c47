package io.tributary.host.cluster;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators that somebody in the grid cannot be understood: one line a minute of each kind,
/// however many messages it is. Thread safe.
final class Alarm {

    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Map<Kind, Count> counts = new EnumMap<>(Kind.class);

    private enum Kind {
        NOT_OPENED(
                "could not be opened",
                "it has another cluster key, or is none of ours: compare cluster.keys"),
        OTHER_LOG(
                "are of another log",
                "it has another database under the same cluster.name: correct one of the two");

        private final String what;
        private final String why;

        Kind(String what, String why) {
            this.what = what;
            this.why = why;
        }
    }

    private static final class Count {

        private long messages;
        private long told;
        private long last;
        private @Nullable UUID suspect;
    }

    /// Something could not be opened.
    ///
    /// @param sender whom it came from; null: not known
    void notOpened(String feed, @Nullable UUID sender) {
        count(Kind.NOT_OPENED, feed, sender);
    }

    /// Something is about rows that are not in our log.
    ///
    /// @param sender whom it came from; null: not known
    void otherLog(String feed, @Nullable UUID sender) {
        count(Kind.OTHER_LOG, feed, sender);
    }

    private synchronized void count(Kind kind, String feed, @Nullable UUID sender) {
        long now = System.nanoTime();
        Count count = counts.computeIfAbsent(kind, _ -> new Count());
        count.messages++;
        count.last = now;
        count.suspect = sender;
        if (count.messages == 1 || now - count.told >= PAUSE) {
            count.told = now;
            LOG.error(
                    "messages of a member {}: {} feed={} member={} messages={}",
                    kind.what,
                    kind.why,
                    feed,
                    sender,
                    count.messages);
        }
    }

    /// What an operator should know; empty when the last such message is a while ago.
    synchronized Optional<String> text() {
        long now = System.nanoTime();
        String text =
                counts.entrySet().stream()
                        .filter(each -> now - each.getValue().last <= 2 * PAUSE)
                        .map(each -> text(each.getKey(), each.getValue()))
                        .collect(Collectors.joining("; "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String text(Kind kind, Count count) {
        return "%d messages of the grid %s, the last from member %s: %s"
                .formatted(count.messages, kind.what, count.suspect, kind.why);
    }
}
