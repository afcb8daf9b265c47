package io.tributary.host.outbound;

import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.spi.Sent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which parts of a send have several external ids: those are its segments, and the part is
/// delivered when all of them are (guarantee 26).
///
/// @param parts their numbers
/// @param expects that what was read of segments is still so
/// @param least how far all that are known are; null: of some nothing is known
record Segmented(Set<Integer> parts, List<Expect> expects, @Nullable Status least) {

    /// Reads what earlier attempts brought. Blocking.
    ///
    /// @param sent what the provider took in this attempt
    /// @param last whether the send is final: no more ids will come
    static Segmented of(Journal journal, Carriage carriage, List<Sent> sent, boolean last) {
        if (sent.isEmpty() && !last) {
            return new Segmented(Set.of(), List.of(), null);
        }
        List<Sent> earlier = earlier(journal, carriage);
        Map<Integer, Set<String>> ids = new HashMap<>();
        for (Sent one : earlier) {
            ids.computeIfAbsent(carriage.part(one), _ -> new HashSet<>()).add(one.externalId());
        }
        for (Sent one : sent) {
            ids.computeIfAbsent(carriage.part(one), _ -> new HashSet<>()).add(one.externalId());
        }
        ids.values().removeIf(all -> all.size() == 1 && last && earlier.isEmpty());
        if (earlier.isEmpty()) {
            return new Segmented(Set.copyOf(ids.keySet()), List.of(), null);
        }
        Outbox.Segments known =
                journal.outbox().segments(carriage.interaction().id(), carriage.part());
        return new Segmented(
                Set.copyOf(ids.keySet()),
                List.of(
                        new Expect.SegmentsAre(
                                carriage.interaction().id(), carriage.part(), known.version())),
                least(known, ids.getOrDefault(carriage.part(), Set.of())));
    }

    /// The first attempt has none before it, which is nearly always.
    private static List<Sent> earlier(Journal journal, Carriage carriage) {
        boolean first =
                carriage.send().attempt() <= 1 && carriage.send().state() == Outbox.State.SENDING;
        return first ? List.of() : carriage.sent(journal);
    }

    private static @Nullable Status least(Outbox.Segments known, Set<String> all) {
        Status least = null;
        for (String id : all) {
            Status reached =
                    known.of().stream()
                            .filter(segment -> segment.externalId().equals(id))
                            .findFirst()
                            .map(segment -> segment.reached().get(""))
                            .orElse(null);
            if (reached == null) {
                return null;
            }
            least = least == null || least.compareTo(reached) > 0 ? reached : least;
        }
        return least;
    }

    boolean is(int part) {
        return parts.contains(part);
    }

    /// How far the whole got, where the provider says this of it.
    Status reached(Status said) {
        return least != null && least.advances(said) ? least : said;
    }
}
