package io.tributary.host.webhooks;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.Progress;
import io.tributary.host.journal.WebhookRecords.Setup;
import io.tributary.host.journal.WebhookRecords.Webhook;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is remembered of a webhook from turn to turn, and may be lost. Of one thread.
final class Memory {

    private @Nullable Object head;
    private int tries;
    private boolean newFirst = true;
    private boolean full;
    private Instant kept = Instant.MIN;
    private @Nullable Found found;
    private @Nullable Reached unwritten;

    /// A place, found before.
    ///
    /// @param kept the position of the cursor
    /// @param position up to it there is nothing to deliver any more
    record Found(long version, String cursor, int timeline, long kept, long position) {

        boolean isOf(Webhook read, int now) {
            return version == read.version()
                    && cursor.equals(read.progress().cursor())
                    && timeline == now;
        }
    }

    /// How far a turn came.
    ///
    /// @param read as it was when the turn began
    /// @param timeline of the log that was read
    record Reached(Webhook read, Progress progress, int timeline) {}

    /// Every other time.
    boolean newFirst() {
        newFirst = !newFirst;
        return newFirst;
    }

    /// How often this event was tried in its turn, now counted.
    int tried(Object event) {
        tries = event.equals(head) ? tries + 1 : 1;
        head = event;
        return tries;
    }

    /// Whether that is news: as much is set aside as may be, and was not when last asked.
    boolean fills(boolean now) {
        boolean news = now && !full;
        full = now;
        return news;
    }

    @Nullable Found found() {
        return found;
    }

    void found(Found place) {
        found = place;
    }

    boolean wasKeptWithin(Duration time, Instant now) {
        return kept.plus(time).isAfter(now);
    }

    /// Whether there is something that could not be written: it comes before all else, since what
    /// is not written is delivered again.
    boolean hasUnwritten() {
        return unwritten != null;
    }

    void keep(Reached reached, Journal journal) {
        unwritten = reached;
        write(journal);
    }

    /// Writes what was reached last; where that fails it is known still.
    void write(Journal journal) {
        Reached reached = unwritten;
        if (reached == null) {
            return;
        }
        // positions of another timeline may be other events'
        if (journal.log().timeline() == reached.timeline() && isKept(reached, journal.webhooks())) {
            kept = journal.clock().instant();
        }
        unwritten = null;
    }

    private static boolean isKept(Reached reached, WebhookRecords records) {
        Webhook read = reached.read();
        return records.keep(read, reached.progress())
                || records.byId(read.id())
                        .filter(now -> differsInNameOrSecret(read, now))
                        .filter(now -> records.keep(now, reached.progress()))
                        .isPresent();
    }

    /// Nothing else was changed meanwhile: what was delivered counts, and does not come again.
    private static boolean differsInNameOrSecret(Webhook read, Webhook now) {
        Setup before = read.setup();
        Setup after = now.setup();
        boolean differs =
                !before.name().equals(after.name()) || !before.secret().equals(after.secret());
        return differs
                && before.url().equals(after.url())
                && before.filter().equals(after.filter())
                && before.state() == after.state()
                && read.holder() == now.holder()
                && read.progress().equals(now.progress());
    }
}
