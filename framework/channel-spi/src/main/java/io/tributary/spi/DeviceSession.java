package io.tributary.spi;

import io.tributary.model.Bytes;

/// One device's socket, as the plugin sees it. Called from one thread at a time, in order; only
/// `send` runs beside (guarantee 3). May also be [Sends], [SendsSignals], [Follows].
///
/// Outbound to an address goes to the device through which its last event came, and waits while
/// that is offline (guarantee 19). It comes to whatever session that device has then: where one
/// person after another uses a device, give each an address of their own, and let `send` compare
/// [Conversation#address()] with who is there.
@Preview
public interface DeviceSession {

    /// Takes one frame. Deadline 10 s. While it runs no further frame is read (guarantee 18).
    ///
    /// @throws Exception the socket is closed with 1011, on [NotStored] with 1013: the device comes
    ///   back and repeats
    void onFrame(Frame frame) throws Exception;

    /// What the next version of the plugin needs to go on with this socket: at most 64 kB
    /// (guarantee 20), readable by the version before and by every later one (guarantee 8).
    /// Deadline 1 s. The session hears nothing afterwards.
    default Bytes park() {
        return Bytes.EMPTY;
    }

    /// The socket is gone. Once per socket that was not handed over (guarantee 21).
    default void onClosed() {}
}
