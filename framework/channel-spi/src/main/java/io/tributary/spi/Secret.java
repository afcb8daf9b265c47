package io.tributary.spi;

import org.jspecify.annotations.Nullable;

/// A setting that nobody may see. Its `toString` is `***`.
@HostProvided
public interface Secret {

    /// The value itself. Reveal it at each use rather than keep it. A key derived from it may be
    /// kept as long as the account is open: a new secret opens a new account.
    String reveal();

    /// Whether this is the value, in a time that tells nothing about where they differ.
    ///
    /// @param given what somebody claims it to be; null never matches
    boolean matches(@Nullable String given);
}
