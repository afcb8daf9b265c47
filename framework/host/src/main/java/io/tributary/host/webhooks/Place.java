package io.tributary.host.webhooks;

import io.tributary.host.agents.Cursors;
import io.tributary.host.journal.WebhookRecords.Progress;
import io.tributary.host.journal.WebhookRecords.Webhook;
import java.time.Duration;
import java.util.Optional;

/// Where a webhook is in the log as it was when the turn began: a restored log may have given the
/// same positions to other events. For one turn, of one thread.
final class Place {

    /// How often it is written that a filter let nothing through.
    private static final Duration NOTHING_PASSED = Duration.ofSeconds(10);

    private final Turn.Means means;
    private final Webhook read;
    private final Memory memory;
    private final int timeline;
    private long position;
    private long kept;

    Place(Turn.Means means, Webhook read, Memory memory) {
        this.means = means;
        this.read = read;
        this.memory = memory;
        this.timeline = means.journal().log().timeline();
    }

    /// @return why it cannot go on from where it is; empty: it can
    Optional<String> find() {
        Memory.Found known = memory.found();
        if (known != null && known.isOf(read, timeline)) {
            position = known.position();
            kept = known.kept();
            return Optional.empty();
        }
        return switch (means.cursors().parse(read.progress().cursor())) {
            case Cursors.Parsed.At(long at) -> {
                position = at;
                kept = at;
                yield Optional.empty();
            }
            case Cursors.Parsed.Expired _ -> Optional.of(Turn.BEHIND);
            case Cursors.Parsed.Bad bad -> Optional.of("its cursor cannot be used: " + bad.why());
        };
    }

    /// Whether positions mean still what they meant.
    boolean isValid() {
        return means.journal().log().timeline() == timeline;
    }

    long position() {
        return position;
    }

    void moveTo(long further) {
        position = further;
    }

    /// Keeps how far it has come, where that is worth it.
    ///
    /// @param tried whether something was posted
    void keep(Progress progress, boolean tried) {
        boolean seldom =
                position == kept || memory.wasKeptWithin(NOTHING_PASSED, means.clock().instant());
        if (!tried && seldom && progress.equals(read.progress())) {
            remember(progress.cursor(), kept);
            return;
        }
        String cursor =
                position == kept ? progress.cursor() : means.cursors().of(position, timeline);
        var reached =
                new Progress(
                        cursor,
                        progress.failures(),
                        progress.failingSince(),
                        progress.notBefore(),
                        progress.deliveredAt(),
                        progress.problem());
        memory.keep(new Memory.Reached(read, reached, timeline), means.journal());
        remember(cursor, position);
    }

    private void remember(String cursor, long at) {
        memory.found(new Memory.Found(read.version(), cursor, timeline, at, position));
    }
}
