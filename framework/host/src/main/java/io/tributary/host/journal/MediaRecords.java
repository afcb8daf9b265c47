package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what is known of media; the bytes lie elsewhere. Blocking, thread safe.
public interface MediaRecords {

    Optional<Media> byId(MediaId id);

    /// The job that fetches it, while there is one.
    Optional<FetchJobs.Fetch> fetch(MediaId id);

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
}
