package io.tributary.spi;

/// Devices connect to us by WebSocket. The host owns the socket, so that upgrades do not close it.
@Preview
public interface HostsDevices extends Translates {

    /// Decides about a device that wants to connect. Deadline 5 s.
    ///
    /// Frames and `follow` that are asked for inside take effect after Accepted; Refused answers
    /// the handshake (guarantee 17). After an upgrade it is called with the first handshake again
    /// and with what the session before parked (guarantee 20).
    ///
    /// @throws Exception the handshake is answered by 500
    DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) throws Exception;
}
