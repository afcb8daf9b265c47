package io.tributary.host.inbound;

import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import java.util.List;
import java.util.Set;

/// Stores what is parked for ids that are known. Blocking.
///
/// Called after a commit that made an id known while something waited for it: more may have been
/// parked between the reading and the commit. If that call is lost to a crash, the sweep finds what
/// is left.
final class Freeing {

    private static final int MOST_TRIES = 8;

    private final Journal journal;
    private final Parking parking;

    Freeing(Journal journal) {
        this.journal = journal;
        this.parking = new Parking(journal);
    }

    void free(AccountId account, Set<String> externalIds) {
        for (String id : externalIds) {
            free(account, id);
        }
    }

    private void free(AccountId account, String externalId) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var known = journal.directory().reference(account, externalId);
            if (known.isEmpty()) {
                return;
            }
            List<Item> items = items(account, externalId, known.get());
            if (items.isEmpty()) {
                return;
            }
            Commit commit = journal.append(new Unit(items)).join();
            if (commit instanceof Commit.Done) {
                return;
            }
        }
    }

    private List<Item> items(AccountId account, String externalId, Directory.Reference known) {
        Place place =
                known.conversation() == null
                        ? null
                        : journal.conversations()
                                .byId(known.conversation())
                                .map(Place::of)
                                .orElse(null);
        return parking.take(account, externalId, known.interaction(), known.part(), place);
    }
}
