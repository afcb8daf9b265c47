package io.tributary.spi;

import org.jspecify.annotations.Nullable;

/// What [HostsDevices#connect(DeviceHandshake, DeviceLink)] says of a device.
@Preview
public sealed interface DeviceVerdict {

    /// It may connect.
    ///
    /// @param device which one, 1 to 512 characters; a newer socket of the same device replaces the
    ///   older
    /// @param session takes its frames
    /// @param subprotocol one of those offered; null: none
    record Accepted(String device, DeviceSession session, @Nullable String subprotocol)
            implements DeviceVerdict {

        public Accepted {
            Shape.name(device, "a device");
        }

        /// The same with a subprotocol.
        public Accepted subprotocol(String chosen) {
            return new Accepted(device, session, chosen);
        }
    }

    /// It may not.
    ///
    /// @param status answers the handshake, 400 to 499
    /// @param reason for the log
    record Refused(int status, String reason) implements DeviceVerdict {

        public Refused {
            Shape.status(status, 400, 499);
        }
    }

    static Accepted accepted(String device, DeviceSession session) {
        return new Accepted(device, session, null);
    }

    static Refused refused(int status, String reason) {
        return new Refused(status, reason);
    }
}
