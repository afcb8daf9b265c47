package io.tributary.host.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who is connected to this member, and while it is in the grid, to the others. Thread safe.
///
/// Those here are counted whether or not there is a grid; each that is joined is told of them.
public final class Attendance {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Who, Integer> here = new HashMap<>();
    private @Nullable Grid grid;

    /// Who is connected where.
    ///
    /// @param elsewhere by the grid's names of the other members; who is not among them is out of
    ///   sight, and who is connected there is not known
    public record Census(Set<Who> here, Map<UUID, Set<Who>> elsewhere) {}

    /// Somebody has connected, once more or for the first time. Never waits.
    public void came(Who who) {
        lock.lock();
        try {
            if (here.merge(who, 1, Integer::sum) == 1 && grid != null) {
                grid.presence().came(who);
            }
        } finally {
            lock.unlock();
        }
    }

    /// One of somebody's connections has ended. Never waits.
    public void went(Who who) {
        lock.lock();
        try {
            Integer left = here.computeIfPresent(who, (_, open) -> open == 1 ? null : open - 1);
            if (left == null && grid != null) {
                grid.presence().went(who);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Tells the others through this grid from now on, of those as well who are here already. Close
    /// the answer to stop.
    public AutoCloseable join(Grid joined) {
        lock.lock();
        try {
            joined.presence().here(here.keySet());
            grid = joined;
        } finally {
            lock.unlock();
        }
        // takes a while where many are here
        joined.presence().confirm();
        return () -> leave(joined);
    }

    private void leave(Grid left) {
        lock.lock();
        try {
            if (left.equals(grid)) {
                grid = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Who is connected now. Waits for the others two seconds at the most.
    public Census census() {
        Set<Who> own;
        Grid joined;
        lock.lock();
        try {
            own = Set.copyOf(here.keySet());
            joined = grid;
        } finally {
            lock.unlock();
        }
        Map<UUID, Set<Who>> elsewhere =
                joined == null
                        ? Map.of()
                        : joined.presence()
                                .elsewhere()
                                .map(sightings -> byMember(joined, sightings))
                                .orElse(Map.of());
        return new Census(own, elsewhere);
    }

    private static Map<UUID, Set<Who>> byMember(Grid joined, List<Sighting> sightings) {
        Map<UUID, Set<Who>> members = new HashMap<>();
        joined.members().others().forEach(each -> members.put(each, new HashSet<>()));
        for (Sighting each : sightings) {
            Set<Who> there = members.get(each.member());
            if (there != null) {
                there.add(each.who());
            }
        }
        return members;
    }
}
