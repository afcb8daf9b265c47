package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The lanes that have left memory, because nobody is there who could take what is in them: of each
/// only what it needs to come back. Bounded. Only the dispatcher's loop touches it.
final class Away {

    private final int most;
    private final Map<ConversationId, Absence> absences = new HashMap<>();
    private final Map<String, Set<Absence>> waiting = new HashMap<>();
    private final TreeSet<Absence> expiring =
            new TreeSet<>(
                    Comparator.comparing(Absence::expiresAt).thenComparingLong(Absence::first));

    /// Those that are to come back as soon as there is room, in turn.
    private final Map<Priority, Set<Absence>> wanted =
            new EnumMap<>(
                    Map.of(
                            Priority.NORMAL, new LinkedHashSet<>(),
                            Priority.BULK, new LinkedHashSet<>()));

    /// @param most how many lanes it remembers
    Away(int most) {
        this.most = most;
    }

    /// Remembers a lane.
    ///
    /// @param whom it waits for; empty: anybody
    /// @return false: there is no room, it has to stay in memory
    boolean take(Lane lane, String whom) {
        if (absences.size() >= most) {
            return false;
        }
        var absence = new Absence(lane, whom);
        absences.put(absence.conversation(), absence);
        waiting.computeIfAbsent(whom, _ -> new LinkedHashSet<>()).add(absence);
        expiring.add(absence);
        return true;
    }

    /// Whether a send belongs to a lane that is away, and will be read with it.
    boolean takes(Outbox.Send send) {
        var absence = absences.get(send.conversation());
        if (absence == null) {
            return false;
        }
        boolean watched = expiring.remove(absence);
        boolean wanting = wanted(absence).remove(absence);
        absence.meet(send);
        if (watched) {
            expiring.add(absence);
        }
        if (wanting) {
            wanted(absence).add(absence);
        }
        return true;
    }

    boolean isEmpty() {
        return absences.isEmpty();
    }

    /// Has those come back who wait for somebody.
    ///
    /// @param whom null: all
    void want(@Nullable String whom) {
        if (whom == null) {
            int all = wanted.values().stream().mapToInt(Set::size).sum();
            if (all < absences.size()) {
                absences.values().forEach(this::want);
            }
        } else {
            var all = waiting.get(whom);
            if (all != null) {
                List.copyOf(all).forEach(this::want);
            }
        }
    }

    void want(ConversationId conversation) {
        var absence = absences.get(conversation);
        if (absence != null) {
            want(absence);
        }
    }

    /// Has those come back in which something is of no use any more.
    void wantExpired(Instant now) {
        while (!expiring.isEmpty() && !expiring.first().expiresAt().isAfter(now)) {
            want(expiring.first());
        }
    }

    private void want(Absence absence) {
        wanted(absence).add(absence);
        expiring.remove(absence);
        var all = waiting.get(absence.whom());
        if (all != null && all.remove(absence) && all.isEmpty()) {
            waiting.remove(absence.whom());
        }
    }

    @Nullable Instant nextExpiry() {
        return expiring.isEmpty() ? null : expiring.first().expiresAt();
    }

    private Set<Absence> wanted(Absence absence) {
        return wanted(absence.priority());
    }

    private Set<Absence> wanted(Priority priority) {
        return Objects.requireNonNull(wanted.get(priority));
    }

    /// Who of them is to come back next; null: nobody.
    @Nullable Absence next(Priority priority) {
        var all = wanted(priority);
        return all.isEmpty() ? null : all.iterator().next();
    }

    /// It is back.
    void forget(Absence absence) {
        wanted(absence).remove(absence);
        absences.remove(absence.conversation());
    }
}
