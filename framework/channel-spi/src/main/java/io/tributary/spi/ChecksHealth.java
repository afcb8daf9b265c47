package io.tributary.spi;

/// Can ask the provider whether the account works. An account that only hosts devices has nobody to
/// ask.
public interface ChecksHealth {

    /// Asks the provider. Called before settings are saved, and on request. Deadline 30 s.
    ///
    /// @throws Exception like [Health#down(String)] with its text
    Health check() throws Exception;
}
