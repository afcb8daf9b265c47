package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after what is parked: frees what a crash left waiting although its target is known, stores
/// echoes that proved to be of nothing that we sent, and makes dead letters of what has waited for
/// three days. Blocking; the host calls it every few minutes.
public final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

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
        long after = 0;
        List<Directory.Parked> page;
        do {
            page = journal.directory().parkedBefore(now.minus(SETTLED), after, AT_ONCE);
            for (Directory.Parked parked : page) {
                moved += guarded(parked, now);
                after = parked.id();
            }
        } while (page.size() == AT_ONCE);
        return moved;
    }

    /// One that cannot be read or stored must not keep those behind it waiting.
    private int guarded(Directory.Parked parked, Instant now) {
        try {
            return look(parked, now);
        } catch (RuntimeException failure) {
            LOG.error(
                    "account={} what is parked under number {} cannot be looked after: {}",
                    parked.account(),
                    parked.id(),
                    Late.cause(failure).getClass().getName());
            return 0;
        }
    }

    private int look(Directory.Parked parked, Instant now) {
        if (journal.directory().reference(parked.account(), parked.externalId()).isPresent()) {
            freeing.free(parked.account(), Set.of(parked.externalId()));
            return 1;
        }
        Parcel parcel = Parcel.read(parked.body());
        if (parcel.echo()) {
            return Echoes.settle(journal, parked, parcel).map(this::done).orElse(0);
        }
        return parked.receivedAt().isBefore(now.minus(PATIENCE)) ? giveUp(parked, parcel, now) : 0;
    }

    private int done(Item item) {
        return journal.append(new Unit(List.of(item))).join() instanceof Commit.Done ? 1 : 0;
    }

    private int giveUp(Directory.Parked parked, Parcel parcel, Instant now) {
        var deadLetter =
                DeadEvents.givenUp(
                        parked,
                        parcel,
                        Reason.of(
                                "target-unknown",
                                "what it is about did not become known within three days"),
                        now);
        var item =
                new Item(
                        null,
                        List.of(
                                new Expect.StillParked(parked.id()),
                                new Expect.ReferenceUnknown(parked.account(), parked.externalId())),
                        List.of(deadLetter, new Change.Unpark(parked.id())));
        return done(item);
    }
}
