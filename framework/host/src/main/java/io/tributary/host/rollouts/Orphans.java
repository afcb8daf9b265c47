package io.tributary.host.rollouts;

import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.host.rollouts.Rollout.State;
import io.tributary.model.PluginVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches that nobody watches: their member is gone. The version may have been what ended it, so
/// it is taken back and not tried again by itself; of several members that see it, one says so.
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private final Rollouts.Rooms rooms;
    private final Books books;
    private final Underway underway;

    Orphans(Rollouts.Rooms rooms, Books books, Underway underway) {
        this.rooms = rooms;
        this.books = books;
        this.underway = underway;
    }

    /// Also of a mark that this very member left: unless it is going to write down what became of
    /// it.
    boolean is(Wanted row) {
        if (row.watched() == null) {
            return false;
        }
        return row.watchedBy() == rooms.company().self()
                ? underway.unwritten().stream()
                        .noneMatch(each -> each.plugin().equals(row.plugin()))
                : !rooms.company().watches(row.watchedBy());
    }

    void giveBack(Wanted row) throws InterruptedException {
        var why = "the member that tried it ended while it was watched; add it again to try again";
        if (returned(row, why, Rollout.HOST)) {
            LOG.warn("plugin {} {}: {}", row.plugin(), row.watched(), why);
        }
    }

    /// Ends another member's watch.
    ///
    /// @return false: it has ended already
    boolean returned(Wanted row, String why, String actor) throws InterruptedException {
        return books.returned(rollout(row, why, actor), row, rooms.clock().instant());
    }

    /// What is known of another member's rollout.
    ///
    /// @param why it did not stay; empty: it is still watched
    Rollout rollout(Wanted row, String why, String actor) {
        var now = rooms.clock().instant();
        boolean over = !why.isEmpty();
        return new Rollout(
                row.plugin(),
                new PluginVersion(row.plugin(), row.version()),
                version(row),
                row.watched(),
                over ? State.RETURNED : State.WATCHING,
                over ? why : "another member watches it",
                0,
                null,
                null,
                actor,
                now,
                over ? now : null);
    }

    private @Nullable PluginVersion version(Wanted row) {
        return rooms.artifacts().all().stream()
                .filter(each -> each.sha256().equals(row.watched()))
                .map(each -> new PluginVersion(each.id(), each.version()))
                .findFirst()
                .orElse(null);
    }
}
