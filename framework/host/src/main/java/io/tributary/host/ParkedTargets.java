package io.tributary.host;

import io.tributary.host.inbound.Parking;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.outbound.Parked;
import java.util.ArrayList;
import java.util.List;

/// What came too early for a reply's id, kept by inbound, taken along by outbound.
record ParkedTargets(Parking parking) implements Parked {

    @Override
    public Taken take(Directory.Reference reference) {
        if (reference.conversation() == null) {
            return Taken.nothing(reference);
        }
        List<Item> items =
                parking.take(
                        reference.account(),
                        reference.externalId(),
                        reference.interaction(),
                        reference.part(),
                        reference.conversation());
        if (items.isEmpty()) {
            return Taken.nothing(reference);
        }
        List<Expect> expects = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Item item : items) {
            expects.addAll(item.expects());
            changes.addAll(item.changes());
        }
        return new Taken(expects, changes);
    }
}
