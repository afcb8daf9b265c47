package io.tributary.host.cluster;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the roster says of this member itself. Thread safe.
final class OwnRow {

    private final String name;
    private final GridTimes times;

    /// What the grid called this member so far.
    private final Set<UUID> ours = new HashSet<>();

    private @Nullable UUID entered;
    private @Nullable UUID entering;
    private long enteringSince;
    private long takenSince = -1;
    private long lostSince = -1;
    private boolean lost;

    /// How a reading finds us.
    enum Found {
        /// Our row is there.
        LIVE,
        /// It is not: it has to be written.
        MISSING,
        /// A newer row of our name is another's.
        TAKEN
    }

    OwnRow(String name, GridTimes times) {
        this.name = name;
        this.times = times;
    }

    /// The row was written.
    synchronized void entered(UUID self) {
        ours.add(self);
        entered = self;
    }

    /// The newest row of a name.
    static Optional<Roster.Entry> newest(List<Roster.Entry> live, String name) {
        return live.stream()
                .filter(each -> each.name().equals(name))
                .max(Comparator.comparingLong(Roster.Entry::epoch));
    }

    synchronized Found read(List<Roster.Entry> live, UUID self, long now) {
        ours.add(self);
        Optional<Roster.Entry> newest = newest(live, name);
        if (newest.isPresent() && newest.get().gridMember().equals(self)) {
            entered = self;
            lost = false;
            lostSince = -1;
            takenSince = -1;
            return Found.LIVE;
        }
        if (newest.isPresent() && !ours.contains(newest.get().gridMember())) {
            takenSince = takenSince < 0 ? now : takenSince;
            return Found.TAKEN;
        }
        takenSince = -1;
        lost = self.equals(entered);
        // where nobody has a row it is the table that has a trouble, and not us
        lostSince = !live.isEmpty() && lost ? (lostSince < 0 ? now : lostSince) : -1;
        return Found.MISSING;
    }

    /// The roster could not be read.
    synchronized void unread() {
        takenSince = -1;
        lostSince = -1;
    }

    /// Why this member has to leave before the others do because of it; empty while it need not.
    synchronized Optional<String> overdue(UUID self, long now) {
        if (self.equals(entered)) {
            entering = null;
        } else if (!self.equals(entering)) {
            entering = self;
            enteringSince = now;
        } else if (now - enteringSince >= times.grace().toNanos() / 2) {
            return Optional.of(
                    "it could not enter itself in the members' table: does it reach the database?");
        }
        if (takenSince >= 0 && now - takenSince >= times.namesake().toNanos()) {
            return Optional.of(
                    "another member called '%s' has entered itself in the members' table: give one of the two another cluster.member"
                            .formatted(name));
        }
        if (lostSince >= 0 && now - lostSince >= times.grace().toNanos()) {
            return Optional.of(
                    "its row in the members' table was removed and could not be written again");
        }
        return Optional.empty();
    }

    /// What an operator should know.
    synchronized Optional<String> trouble() {
        return lost
                ? Optional.of(
                        "this member's row in the members' table is gone or no longer live: an operator removed it, or a fail-over lost it; it is being written again")
                : Optional.empty();
    }
}
