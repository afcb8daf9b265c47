package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which units of a batch only add a message to a conversation that is open, as most do. Those that
/// follow each other the database tests and writes together, which takes little more than half of
/// its time. One alone is written as any other, which takes no longer.
///
/// None of a run may change what another one of it rests on: so a dedupe key that the batch has
/// already brought ends it.
final class PlainRuns {

    private static final int SHORTEST = 2;

    private final int[] lengths;

    private PlainRuns(int[] lengths) {
        this.lengths = lengths;
    }

    static PlainRuns of(List<Prepared> units) {
        int[] lengths = new int[units.size()];
        Set<Hash> keys = HashSet.newHashSet(units.size());
        int begin = -1;
        for (int i = 0; i < lengths.length; i++) {
            Prepared unit = units.get(i);
            boolean repeats = false;
            for (Prepared.Ready item : unit.items) {
                repeats |= item.once != null && !keys.add(item.once);
            }
            if (repeats || plain(unit) == null) {
                begin = -1;
            } else {
                begin = begin < 0 ? i : begin;
                lengths[begin]++;
            }
        }
        return new PlainRuns(lengths);
    }

    /// How many units the run has that begins with this one; 0: none begins here.
    int beginsWith(int unit) {
        return lengths[unit] < SHORTEST ? 0 : lengths[unit];
    }

    /// The only item of a unit that is plain; null: it is not.
    static Prepared.@Nullable Ready plain(Prepared unit) {
        if (unit.items.size() != 1) {
            return null;
        }
        Prepared.Ready ready = unit.items.getFirst();
        List<Change.Append> messages = new ArrayList<>(1);
        int rawEvents = 0;
        for (Change change : ready.item.changes()) {
            switch (change) {
                case Change.Append append -> messages.add(append);
                case Change.KeepRaw _ -> rawEvents++;
                case Change.BindReference _ -> {
                    // as many as there are ids
                }
                default -> {
                    return null;
                }
            }
        }
        return messages.size() == 1
                        && rawEvents <= 1
                        && restsOnItsOwn(ready.item, messages.getFirst().conversation())
                ? ready
                : null;
    }

    private static boolean restsOnItsOwn(Item item, @Nullable ConversationId own) {
        boolean open = false;
        for (Expect expect : item.expects()) {
            switch (expect) {
                case Expect.ConversationOpen(var id) when id.equals(own) -> open = true;
                case Expect.NothingParked _ -> {
                    // nor does any of a run park anything
                }
                default -> {
                    return false;
                }
            }
        }
        return open;
    }
}
