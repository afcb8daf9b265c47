package io.tributary.host.inbound;

import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.spi.Party;
import org.jspecify.annotations.Nullable;

/// Where events went lately, so that the usual event is decided without reading the journal. Thread
/// safe.
///
/// What is remembered may be out of date: whoever uses it has the journal check it, and looks anew
/// when it no longer holds. What is put in is committed.
final class Places {

    private static final int MOST = 100_000;

    private final Recent<Key, Seat> seats = new Recent<>(MOST);
    private final Recent<ConversationId, Place> conversations = new Recent<>(MOST);

    /// @param address as the event bears it, which may be an alias
    record Key(AccountId account, String line, String address, @Nullable String thread) {}

    /// @param party as last seen there: the same again brings nothing new about who it is
    record Seat(Place place, Party party) {}

    @Nullable Seat find(Key key) {
        return seats.find(key);
    }

    @Nullable Place find(ConversationId conversation) {
        return conversations.find(conversation);
    }

    void learn(Key key, Seat seat) {
        seats.put(key, seat);
    }

    void learn(Place place) {
        conversations.put(place.conversation(), place);
    }

    void forget(Key key) {
        seats.remove(key);
    }

    /// Customers were merged or parted: whoever was known is looked up again.
    void forgetAll() {
        seats.clear();
        conversations.clear();
    }
}
