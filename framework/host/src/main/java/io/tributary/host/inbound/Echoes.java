package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.spi.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Echoes that may be of something which is being sent at this moment. Blocking.
final class Echoes {

    private Echoes() {}

    /// The conversation in which something is being sent to that end, if so.
    static Optional<ConversationId> underWay(Journal journal, AccountId account, Party party) {
        var addresses = new ArrayList<String>();
        addresses.add(party.address());
        addresses.addAll(party.aliases());
        for (String address : addresses) {
            Optional<Directory.End> end = journal.directory().end(account, address);
            if (end.isPresent()) {
                return journal.outbox().underWay(account, end.get().primary());
            }
        }
        return Optional.empty();
    }

    /// It was the echo of our own send: there is nothing to be seen in it.
    static Item drop(Directory.Parked parked) {
        return new Item(
                null,
                List.of(new Expect.StillParked(parked.id())),
                List.of(new Change.Unpark(parked.id())));
    }

    /// What is to be done about one whose id is not known yet; empty: it waits on.
    static Optional<Item> settle(Journal journal, Directory.Parked parked, Parcel parcel) {
        for (Parcel.Name name : parcel.names()) {
            if (journal.directory().reference(parked.account(), name.externalId()).isPresent()) {
                return Optional.of(drop(parked));
            }
        }
        boolean waits =
                journal.conversations()
                        .byId(parcel.place())
                        .flatMap(conversation ->
                                journal.outbox().underWay(parked.account(), conversation.address()))
                        .isPresent();
        if (waits) {
            return Optional.empty();
        }
        // Nothing of ours: somebody wrote elsewhere while we did.
        var expects = new ArrayList<Expect>();
        expects.add(new Expect.StillParked(parked.id()));
        parcel.names()
                .forEach(name ->
                        expects.add(
                                new Expect.ReferenceUnknown(parked.account(), name.externalId())));
        return Optional.of(
                new Item(null, expects, Parking.changes(parked, parcel, parcel.waiting())));
    }
}
