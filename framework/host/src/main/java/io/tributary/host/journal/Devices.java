package io.tributary.host.journal;

import io.tributary.model.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads which devices there are and who is reached through them. Blocking, thread safe.
public interface Devices {

    Optional<Device> find(AccountId account, String device);

    /// The device through which the last event of an address came.
    Optional<String> of(AccountId account, String address);

    /// Devices whose newest socket is at another run of a member, and came there since.
    ///
    /// @param epoch of the run that asks
    List<Place> cameElsewhere(long epoch, Instant since);

    /// A device's newest socket.
    record Place(AccountId account, String device, String socket) {}

    /// A device as of its newest socket.
    ///
    /// @param socket names the socket
    /// @param epoch of the run of the member that has or had it
    /// @param online whether the socket was there when it was last told of; one of an older epoch
    ///   is gone, too
    record Device(
            AccountId account,
            String device,
            String socket,
            long epoch,
            boolean online,
            Instant seenAt) {}
}
