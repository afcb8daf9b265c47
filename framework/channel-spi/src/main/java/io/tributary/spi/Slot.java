package io.tributary.spi;

/// One share of an account's connections, held under a lease.
@Preview
@HostProvided
public interface Slot extends Inbox {

    /// Which share, from 0.
    int number();

    /// How many shares there are, as in [Account#slots()].
    int of();

    /// Whether a key falls into this share. Outbound is divided by address in this very way.
    boolean owns(String key);

    /// How this connection is. From UP on it is given messages (guarantee 14).
    void report(Health health);
}
