package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Target;
import io.tributary.spi.RawEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What waits for its target, and how it is stored once that is known. Blocking, thread safe.
///
/// Whoever makes an external id known first expects that nothing is parked for it. If that fails,
/// the same unit takes along the items that [#take] gives, and afterwards [#take] is asked again,
/// until nothing waits.
public final class Parking {

    private final Journal journal;

    public Parking(Journal journal) {
        this.journal = journal;
    }

    /// Stores what waits for an id that is, or in the same unit becomes, that of an interaction of
    /// an existing conversation.
    ///
    /// What names a party with whom that was not exchanged becomes a dead letter.
    ///
    /// @param part 0: all of it
    /// @param used another address of the conversation's end, which becomes known in the same unit;
    ///   null: there is none
    /// @return one item each; empty where nothing waits
    public List<Item> take(
            AccountId account,
            String externalId,
            InteractionId interaction,
            int part,
            ConversationId conversation,
            @Nullable String used) {
        List<Directory.Parked> parked = journal.directory().parked(account, externalId);
        if (parked.isEmpty()) {
            return List.of();
        }
        Place place = journal.conversations().byId(conversation).map(Place::of).orElse(null);
        return items(parked, interaction, part, place, used);
    }

    /// @param place null: what it is about is a notice, which has no other end
    List<Item> take(
            AccountId account,
            String externalId,
            InteractionId interaction,
            int part,
            @Nullable Place place) {
        return items(
                journal.directory().parked(account, externalId), interaction, part, place, null);
    }

    private List<Item> items(
            List<Directory.Parked> parked,
            InteractionId interaction,
            int part,
            @Nullable Place place,
            @Nullable String used) {
        var items = new ArrayList<Item>(parked.size());
        var segments = new Segments(journal);
        for (Directory.Parked one : parked) {
            items.add(item(one, new Target.Known(interaction, part, null), place, used, segments));
        }
        return items;
    }

    private Item item(
            Directory.Parked parked,
            Target.Known known,
            @Nullable Place place,
            @Nullable String used,
            Segments segments) {
        Parcel parcel = Parcel.read(parked.body());
        if (parcel.echo()) {
            return Echoes.drop(parked);
        }
        if (place != null && isAnothers(parcel, known.interaction(), place, used)) {
            return refused(parked, parcel);
        }
        Target waited = parcel.waiting().target();
        var target =
                new Target.Known(
                        known.interaction(),
                        known.part(),
                        waited == null ? null : waited.recipient());
        Interaction arrived =
                place == null
                        ? parcel.waiting().toBuilder().target(target).build()
                        : Envelope.arrive(parcel.waiting(), place, target);
        var draft = new Draft(null);
        draft.expect(new Expect.StillParked(parked.id()));
        Interaction judged = segments.judged(arrived, waited, draft);
        changes(parked, parcel, judged).forEach(draft::change);
        return draft.item();
    }

    private boolean isAnothers(
            Parcel parcel, InteractionId about, Place place, @Nullable String used) {
        Interaction waiting = parcel.waiting();
        String address = waiting.address();
        return !address.isEmpty()
                && !new SameEnd(journal.log(), each -> end(waiting.account(), each, place, used))
                        .is(place, about, address, parcel.aliases());
    }

    /// Where somebody is known under the address that was used, it stays theirs.
    private Directory.@Nullable End end(
            AccountId account, String address, Place place, @Nullable String used) {
        return journal.directory()
                .end(account, address)
                .orElseGet(() ->
                        address.equals(used)
                                ? new Directory.End(account, place.address(), place.customer())
                                : null);
    }

    private static Item refused(Directory.Parked parked, Parcel parcel) {
        return new Item(
                null,
                List.of(new Expect.StillParked(parked.id())),
                List.of(
                        DeadEvents.givenUp(
                                parked, parcel, Nonsense.NOT_THEIRS, parked.receivedAt()),
                        new Change.Unpark(parked.id())));
    }

    static List<Change> changes(Directory.Parked parked, Parcel parcel, Interaction arrived) {
        var changes = new ArrayList<Change>();
        changes.add(Envelope.append(arrived, parcel.weight()));
        for (Parcel.Name name : parcel.names()) {
            changes.add(Parcel.binding(name, arrived));
        }
        for (Parcel.Fetch fetch : parcel.fetches()) {
            addFetch(arrived, fetch, changes::add);
        }
        for (RawEvent event : parcel.events()) {
            changes.add(
                    DeadEvents.keep(
                            arrived.account(), arrived.channel(), event, arrived.receivedAt()));
        }
        changes.add(new Change.Unpark(parked.id()));
        return changes;
    }

    static void addFetch(Interaction interaction, Parcel.Fetch fetch, Consumer<Change> changes) {
        changes.accept(
                new Change.AddMedia(
                        fetch.media(),
                        interaction.account(),
                        fetch.name(),
                        fetch.type(),
                        interaction.receivedAt()));
        changes.accept(
                new Change.AddFetch(
                        fetch.media(),
                        interaction.account(),
                        interaction.id(),
                        fetch.part(),
                        fetch.where(),
                        interaction.receivedAt()));
    }

    static Change park(AccountId account, String externalId, Parcel parcel) {
        Bytes body = parcel.write();
        return new Change.Park(account, externalId, parcel.waiting().receivedAt(), body);
    }
}
