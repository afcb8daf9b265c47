package io.tributary.host.agents;

import io.tributary.model.Bytes;

/// Where a subscription writes to. All methods but [#ready] are called by one thread at a time.
public interface Sink {

    /// False when the client reads too slowly: nothing more is written until
    /// [Subscription#drained].
    boolean ready();

    /// Adds an event to what the next [#flush] sends.
    ///
    /// @param data one line of JSON
    void event(String cursor, String type, Bytes data);

    /// Adds something worth seeing now, which moves no cursor.
    ///
    /// @param data one line of JSON
    void signal(String type, Bytes data);

    /// Adds a sign of life that moves the client's cursor.
    void heartbeat(String cursor);

    /// Sends what was added.
    void flush();

    /// Nothing follows.
    void end(Ending why);

    /// Why a subscription ends from this side.
    enum Ending {
        /// The client took nothing for too long: it may resume from its last cursor.
        STUCK,
        /// What the client has not read yet is not kept any more: it must load anew.
        EXPIRED,
        /// The log cannot be read at the moment: it may resume later.
        UNAVAILABLE
    }
}
