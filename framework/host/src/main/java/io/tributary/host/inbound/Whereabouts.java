package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.CustomerMerge;
import io.tributary.host.journal.Expect;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where: which conversation the events of one unit belong to.
///
/// What one event of the unit brings about the others of it see. The usual event, from an end that
/// was heard of lately, is decided without reading the journal.
final class Whereabouts {

    private final Means means;
    private final OpenAccount account;
    private final Instant now;
    private final boolean anew;
    private final Ends ends;
    private final Map<Places.Key, Places.Seat> seats = new HashMap<>(4);
    private final Map<Spot, Place> opened = new HashMap<>(4);
    private final Map<ConversationId, Place> byId = new HashMap<>(4);
    private final Set<ConversationId> begun = new HashSet<>(2);
    private final Set<ConversationId> closed = new HashSet<>(2);

    /// With whom a conversation is.
    ///
    /// @param recognised the customer proved to be somebody who is known; null: they did not
    record Met(Place place, @Nullable CustomerMerge recognised) {}

    private record Spot(String line, String address, @Nullable String thread) {}

    /// @param anew what is remembered proved out of date: read the journal
    Whereabouts(Means means, OpenAccount account, Instant now, boolean anew) {
        this.means = means;
        this.account = account;
        this.now = now;
        this.anew = anew;
        this.ends = new Ends(means, account.id(), now);
    }

    /// The open conversation with the party, begun if there is none.
    Met of(Inbound inbound, Party party, ChannelId channel, Draft draft) {
        var key = new Places.Key(account.id(), inbound.line(), party.address(), inbound.thread());
        Places.Seat seat = seats.get(key);
        if (seat != null && seat.party().equals(party)) {
            return new Met(seat.place(), null);
        }
        if (seat == null && !anew) {
            Places.Seat remembered = means.places().find(key);
            if (remembered != null && remembered.party().equals(party)) {
                return new Met(sit(key, remembered, draft), null);
            }
        }
        var end = ends.of(party, draft);
        Place place = conversation(inbound, end, channel, draft);
        seats.put(key, new Places.Seat(place, party));
        byId.put(place.conversation(), place);
        return new Met(place, end.recognised());
    }

    private Place sit(Places.Key key, Places.Seat seat, Draft draft) {
        draft.expect(new Expect.ConversationOpen(seat.place().conversation()));
        seats.put(key, seat);
        byId.put(seat.place().conversation(), seat.place());
        return seat.place();
    }

    private Place conversation(Inbound inbound, Ends.Found end, ChannelId channel, Draft draft) {
        var spot = new Spot(inbound.line(), end.end().primary(), inbound.thread());
        Place here = opened.get(spot);
        if (here != null) {
            return here;
        }
        Place place =
                end.fresh()
                        ? begin(inbound, end, spot, channel, draft)
                        : openOrBegin(inbound, end, spot, channel, draft);
        opened.put(spot, place);
        return place;
    }

    private Place openOrBegin(
            Inbound inbound, Ends.Found end, Spot spot, ChannelId channel, Draft draft) {
        Optional<Conversations.Conversation> open =
                means.journal()
                        .directory()
                        .open(account.id(), spot.line(), spot.address(), spot.thread());
        if (open.isEmpty()) {
            return begin(inbound, end, spot, channel, draft);
        }
        draft.expect(new Expect.ConversationOpen(open.get().id()));
        return Place.of(open.get());
    }

    private Place begin(
            Inbound inbound, Ends.Found end, Spot spot, ChannelId channel, Draft draft) {
        ConversationId id = means.ids().conversation();
        draft.expect(
                new Expect.NoOpenConversation(
                        account.id(), spot.line(), spot.address(), spot.thread()));
        draft.change(
                new Change.OpenConversation(
                        id,
                        end.end().customer(),
                        channel,
                        account.id(),
                        spot.line(),
                        spot.address(),
                        spot.thread(),
                        inbound.locale() == null ? null : inbound.locale().toLanguageTag(),
                        now));
        begun.add(id);
        return new Place(id, end.end().customer(), spot.line(), spot.address(), spot.thread());
    }

    /// A conversation that something is about, open or not; null when the journal has it no more.
    @Nullable Place byId(ConversationId id) {
        Place place = byId.get(id);
        if (place == null && !anew) {
            place = means.places().find(id);
        }
        if (place == null) {
            place = means.journal().conversations().byId(id).map(Place::of).orElse(null);
        }
        if (place != null) {
            byId.put(id, place);
        }
        return place;
    }

    /// Whether the party is the end with which that was exchanged.
    boolean isWith(Place place, InteractionId message, Party party) {
        return new SameEnd(means.journal().log(), ends::known)
                .is(place, message, party.address(), party.aliases());
    }

    /// Whether nothing was said there before this unit.
    boolean begins(Place place) {
        return begun.contains(place.conversation());
    }

    void close(Place place) {
        closed.add(place.conversation());
    }

    boolean closes(Place place) {
        return closed.contains(place.conversation());
    }

    /// Remembers what was committed.
    void learn() {
        seats.forEach((key, seat) -> {
            if (closes(seat.place())) {
                means.places().forget(key);
            } else {
                means.places().learn(key, seat);
            }
        });
        byId.values().forEach(means.places()::learn);
    }
}
