package io.tributary.host.cluster;

import io.tributary.model.AccountId;

/// Somebody who can be there or away.
public sealed interface Who {

    /// An agent with an open stream.
    record Agent(String id) implements Who {}

    /// A device with an open socket.
    record Device(AccountId account, String device) implements Who {}
}
