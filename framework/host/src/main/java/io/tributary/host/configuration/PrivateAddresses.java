package io.tributary.host.configuration;

import java.net.Inet6Address;
import java.net.InetAddress;

/// Which addresses are not reached from the public internet.
final class PrivateAddresses {

    private PrivateAddresses() {}

    /// An address that stands for all of the machine's is not: a public one may be among them.
    static boolean contains(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || (address instanceof Inet6Address ? uniqueLocal(address) : shared(address));
    }

    /// RFC 4193: fc00::/7.
    private static boolean uniqueLocal(InetAddress address) {
        return (address.getAddress()[0] & 0xfe) == 0xfc;
    }

    /// RFC 6598, which clouds use inside: 100.64.0.0/10.
    private static boolean shared(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets[0] == 100 && (octets[1] & 0xc0) == 64;
    }
}
