package io.tributary.kiosk;

import io.tributary.model.Bytes;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Frame;

/// The socket of a device that brings a token which was its own once. A browser is not told with
/// which status a handshake was refused, so that its page would come back for ever: it is let in,
/// and sent away by a code that it can read.
final class Farewell implements DeviceSession {

    /// Keeps its socket from taking the place of the device's own; no device's name has a slash.
    private static final String WHO = "former/";

    private final String device;

    private Farewell(String device) {
        this.device = device;
    }

    static DeviceVerdict to(String device, DeviceLink link) {
        link.close(KioskSession.REVOKED, "this device was revoked");
        return DeviceVerdict.accepted(WHO + device, new Farewell(device))
                .subprotocol(Entrance.PROTOCOL);
    }

    @Override
    public void onFrame(Frame frame) {
        // it may have spoken before it heard
    }

    /// No later version lets it in by this.
    @Override
    public Bytes park() {
        return Bytes.utf8(WHO + device);
    }
}
