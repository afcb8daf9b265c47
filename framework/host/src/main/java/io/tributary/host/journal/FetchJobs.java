package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Jobs that fetch media: of several members one has each at a time. Blocking, thread safe.
public interface FetchJobs {

    /// Takes jobs that are due. Nobody else gets them for a minute, by a clock that all share; a
    /// member that dies keeps them no longer.
    ///
    /// @param mine what this member has under way: not taken from itself, however late it is held
    List<Fetch> take(int limit, Set<MediaId> mine);

    /// Keeps what was taken for another minute. What somebody else has taken meanwhile is left to
    /// them.
    void hold(Collection<Fetch> taken);

    /// A job.
    ///
    /// @param fetch where the bytes are, in the words of the account's plugin
    /// @param claim whose it is: what becomes of it is written with [Expect.FetchIs]
    record Fetch(
            MediaId media,
            AccountId account,
            InteractionId interaction,
            int part,
            String fetch,
            int attempt,
            Instant createdAt,
            long claim) {}
}
