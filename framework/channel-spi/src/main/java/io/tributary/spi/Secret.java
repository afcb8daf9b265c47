package io.tributary.spi;

import org.jspecify.annotations.Nullable;

/// A setting that nobody may see. Its `toString` is `***`.
@HostProvided
public interface Secret {

    /// The value itself. Reveal it at each use and keep it nowhere: a secret may be replaced while
    /// the account is open.
    String reveal();

    /// Whether this is the value, in a time that tells nothing about where they differ.
    ///
    /// @param given what somebody claims it to be; null never matches
    boolean matches(@Nullable String given);
}
