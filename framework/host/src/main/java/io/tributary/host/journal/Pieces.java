package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads pieces that wait for the rest of their whole. Blocking, thread safe.
public interface Pieces {

    /// All that wait of one group, in the order in which they came.
    List<Piece> waiting(AccountId account, String group);

    /// Wholes that are to be taken up by now, longest waiting first.
    List<Whole> due(Instant now, int limit);

    /// When the next whole is to be taken up, if any waits.
    Optional<Instant> nextDue();

    /// One of the wholes of a group.
    record Whole(AccountId account, String group, int number) {}

    /// A piece as it was kept; see [Change.KeepPiece].
    record Piece(
            long id, int whole, int number, int of, Instant receivedAt, Instant due, Bytes body) {}
}
