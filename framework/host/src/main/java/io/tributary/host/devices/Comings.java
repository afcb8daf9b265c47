package io.tributary.host.devices;

import io.tributary.model.AccountId;

/// Who is told of sockets that devices open and close. Both return at once.
public interface Comings {

    /// A device has a socket, perhaps one more: the one before goes then.
    void came(AccountId account, String device);

    /// One that had come is gone.
    void went(AccountId account, String device);
}
