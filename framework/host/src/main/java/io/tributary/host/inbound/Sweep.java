package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.model.Direction;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// Looks after what is parked: frees what a crash left waiting although its target is known, and
/// makes dead letters of what has waited for three days. Blocking; the host calls it every few
/// minutes.
public final class Sweep {

    static final Duration PATIENCE = Duration.ofDays(3);

    /// Long enough that whoever made the id known has freed it.
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final int AT_ONCE = 200;

    private final Journal journal;
    private final InstantSource clock;
    private final Freeing freeing;

    public Sweep(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
        this.freeing = new Freeing(journal);
    }

    /// Looks once.
    ///
    /// @return how many were freed or given up
    public int sweep() {
        Instant now = clock.instant();
        int moved = 0;
        for (Directory.Parked parked :
                journal.directory().parkedBefore(now.minus(SETTLED), AT_ONCE)) {
            if (journal.directory().reference(parked.account(), parked.externalId()).isPresent()) {
                freeing.free(parked.account(), Set.of(parked.externalId()));
                moved++;
            } else if (parked.receivedAt().isBefore(now.minus(PATIENCE))) {
                moved += giveUp(parked, now);
            }
        }
        return moved;
    }

    private int giveUp(Directory.Parked parked, Instant now) {
        Parcel parcel = Parcel.read(parked.body());
        var plugin = parcel.waiting().plugin();
        var deadLetter =
                new Change.AddDeadLetter(
                        Direction.INBOUND,
                        parked.account(),
                        plugin == null ? "" : plugin.toString(),
                        DeadEvents.PARKED,
                        Reason.of(
                                "target-unknown",
                                "what it is about did not become known within three days"),
                        null,
                        DeadEvents.parked(parked),
                        now);
        var item =
                new Item(
                        null,
                        List.of(
                                new Expect.StillParked(parked.id()),
                                new Expect.ReferenceUnknown(parked.account(), parked.externalId())),
                        List.of(deadLetter, new Change.Unpark(parked.id())));
        return journal.append(new Unit(List.of(item))).join() instanceof Commit.Done ? 1 : 0;
    }
}
