package io.tributary.host.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// How many bytes each other member was sent and has not shown to have read. Thread safe.
///
/// The grid keeps for a member that stands still what it was sent, without a bound, until it counts
/// as gone. So who is far behind is told only that there is something.
///
/// Who never said how far it is counts for nothing: a stranger, or one with another key, could
/// silence us else.
final class Arrears {

    private final long most;
    private final Map<UUID, Long> read = new HashMap<>();
    private long sent;

    /// @param most bytes that may be under way to one member
    Arrears(long most) {
        this.most = most;
    }

    /// Counts what is being sent.
    ///
    /// @return all that was sent so far, this included; who reads it says so
    synchronized long sending(long bytes) {
        sent += bytes;
        return sent;
    }

    /// A member says how far it is.
    synchronized void readUpTo(UUID member, long bytes) {
        read.merge(member, Math.min(bytes, sent), Math::max);
    }

    /// Whether one of them is too far behind. Who is not among them is forgotten.
    synchronized boolean anyBehind(Set<UUID> present) {
        read.keySet().retainAll(present);
        return read.values().stream().anyMatch(each -> sent - each > most);
    }
}
