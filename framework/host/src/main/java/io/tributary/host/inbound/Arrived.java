package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.journal.Expect;
import io.tributary.model.Signal;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import io.tributary.spi.State;
import io.tributary.spi.Translates;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came in at once on one account, and how.
///
/// @param traceparent W3C trace context it came with; null for none
/// @param unity whether the events are to be translated one by one
/// @param device through which it came; null: through none, or nobody knows any more
/// @param expects what has to be so still when it is stored
/// @param replayed whether the events were inbound dead letters before
record Arrived(
        OpenAccount account,
        Translates translates,
        List<RawEvent> events,
        List<State.Change> state,
        List<Signal> signals,
        Instant receivedAt,
        @Nullable String traceparent,
        Unity unity,
        @Nullable String device,
        List<Expect> expects,
        boolean replayed) {

    /// How events belong together.
    enum Unity {
        /// Each is one for itself.
        EACH,
        /// They are the pieces of a whole, all of them.
        WHOLE,
        /// They are some of the pieces of a whole.
        PART;

        /// What these events are when they are taken together.
        static Unity of(List<RawEvent> events) {
            Piece piece = events.getFirst().piece();
            if (piece == null) {
                return EACH;
            }
            return piece.of() == 0 || events.size() == piece.of() ? WHOLE : PART;
        }
    }

    /// The events that one of the translated ones was made of.
    List<RawEvent> of(Translated translated) {
        return unity == Unity.EACH ? List.of(translated.event()) : events;
    }
}
