package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what is known of media; the bytes lie elsewhere. Blocking, thread safe.
public interface MediaRecords {

    Optional<Media> byId(MediaId id);

    /// Jobs that are due, oldest first.
    List<Fetch> due(Instant now, int limit);

    /// When the next job is due, if any.
    Optional<Instant> nextDue();

    enum State {
        PENDING,
        STORED,
        FAILED
    }

    record Media(
            MediaId id,
            AccountId account,
            State state,
            @Nullable String name,
            @Nullable String type,
            long bytes,
            @Nullable String sha256,
            @Nullable Reason reason,
            Instant createdAt) {}

    record Fetch(
            MediaId media,
            AccountId account,
            InteractionId interaction,
            int part,
            String fetch,
            int attempt,
            Instant createdAt) {}
}
