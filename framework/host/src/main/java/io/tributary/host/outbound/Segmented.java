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

    /// How much of a send the ids are that are known by now.
    enum Taken {
        /// All: the provider took it.
        ALL,
        /// The beginning, and nothing will follow: one id alone is a segment, too, since what
        /// becomes of it says nothing of the rest. A part that is not all of the send may be whole.
        BEGINNING,
        /// Perhaps not all: more may follow.
        SO_FAR
    }

    /// Reads what earlier attempts brought. Blocking.
    ///
    /// @param sent what the provider took in this attempt
    static Segmented of(Journal journal, Carriage carriage, List<Sent> sent, Taken taken) {
        if (sent.isEmpty() && taken != Taken.ALL) {
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
        if (earlier.isEmpty()) {
            ids.entrySet()
                    .removeIf(part ->
                            part.getValue().size() == 1 && isWhole(part.getKey(), carriage, taken));
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

    /// Whether one id alone is that of the whole part.
    private static boolean isWhole(int part, Carriage carriage, Taken taken) {
        return switch (taken) {
            case ALL -> true;
            case BEGINNING -> part != carriage.part();
            case SO_FAR -> false;
        };
    }

    /// The first attempt has none before it, which is nearly always.
    private static List<Sent> earlier(Journal journal, Carriage carriage) {
        boolean first =
                carriage.send().attempt() <= 1 && carriage.send().state() == Outbox.State.SENDING;
        return first ? List.of() : carriage.answered(journal);
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
