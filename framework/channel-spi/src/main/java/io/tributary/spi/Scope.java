package io.tributary.spi;

/// What a limit or a delay is about.
public enum Scope {
    /// This message alone.
    MESSAGE,
    /// Everything to this address.
    ADDRESS,
    /// Everything from this line.
    LINE,
    /// The whole account.
    ACCOUNT
}
