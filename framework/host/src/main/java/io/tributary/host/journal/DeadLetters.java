package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what could not be processed. Blocking, thread safe.
public interface DeadLetters {

    Optional<DeadLetter> byId(long id);

    /// Newest first, with ids smaller than `before`.
    List<DeadLetter> page(
            @Nullable AccountId account,
            @Nullable Direction direction,
            boolean openOnly,
            long before,
            int limit);

    long open();

    /// What could not be processed, and what became of it.
    ///
    /// @param payload whole; for an inbound one the raw event with its notes, in a form of the
    ///   inbound room
    record DeadLetter(
            long id,
            Direction direction,
            AccountId account,
            String plugin,
            String kind,
            Reason reason,
            @Nullable InteractionId interaction,
            Bytes payload,
            Instant at,
            @Nullable Instant closedAt,
            boolean replayed) {}
}
