package io.tributary.host.journal;

import io.tributary.model.Bytes;
import java.util.Optional;

/// Answers kept for requests with an idempotency key. Blocking, thread safe.
public interface Answers {

    /// The status of what has no answer yet: the key is taken by a request that is under way, or
    /// was when its member died. [Change.KeepAnswer] of the same request replaces it.
    int BEGUN = 102;

    Optional<Answer> find(String principal, String key);

    /// An answer as it was given the first time.
    ///
    /// @param fingerprint of the request; the same key with another one is a mistake of the caller
    record Answer(String fingerprint, int status, Bytes body) {}
}
