package io.tributary.kiosk;

import io.tributary.spi.Malformed;
import java.util.regex.Pattern;

/// The other end of a conversation: one session at one device, so that whoever comes next is
/// somebody else.
///
/// A device names its sessions itself; the device's own name before it keeps it from naming those
/// of others.
final class Address {

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Address() {}

    /// @throws Malformed it cannot be a session
    static String of(String device, String session) {
        if (!SESSION.matcher(session).matches()) {
            throw new Malformed("a session has 1 to 64 letters, digits, dashes or underscores");
        }
        return device + "/" + session;
    }

    static String session(String address) {
        return address.substring(address.indexOf('/') + 1);
    }
}
