package io.tributary.host.egress;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/// Where one request goes: checked, and resolved once. The socket is opened to one of these
/// addresses and no other.
///
/// @param host canonical, for the Host header, SNI and the certificate's name
/// @param path with the query, as it goes over the wire
record Destination(
        boolean secure, String host, int port, String path, List<InetAddress> addresses) {

    private static final int MOST_ADDRESSES = 3;

    /// Finds the addresses of a host. Blocking.
    @FunctionalInterface
    interface Resolver {

        /// @throws java.net.UnknownHostException it has none
        InetAddress[] resolve(String host) throws java.net.UnknownHostException;
    }

    /// @throws Refused the rules forbid it
    /// @throws java.net.UnknownHostException the host has no address
    static Destination of(URI uri, EgressRules rules, Resolver resolver)
            throws Refused, java.net.UnknownHostException {
        boolean secure = secure(uri);
        if (uri.getRawUserInfo() != null) {
            throw new Refused("an address must not hold a user's name");
        }
        String written = uri.getHost();
        if (written == null) {
            throw new Refused("the address has no host that can be read in one way only");
        }
        String host = Hosts.canonical(written);
        InetAddress[] addresses = resolver.resolve(host);
        for (InetAddress address : addresses) {
            String refusal = rules.refusal(host, address);
            if (refusal != null) {
                throw new Refused(
                        "the host has "
                                + refusal
                                + "; an operator can allow it under egress.allow");
            }
        }
        if (addresses.length == 0) {
            throw new Refused("the host has no address");
        }
        return new Destination(
                secure,
                host,
                port(uri, secure),
                path(uri),
                List.of(addresses).subList(0, Math.min(addresses.length, MOST_ADDRESSES)));
    }

    private static boolean secure(URI uri) throws Refused {
        String scheme = uri.getScheme();
        if ("https".equalsIgnoreCase(scheme)) {
            return true;
        }
        if ("http".equalsIgnoreCase(scheme)) {
            return false;
        }
        throw new Refused("only http and https go out");
    }

    private static int port(URI uri, boolean secure) throws Refused {
        int port = uri.getPort();
        if (port == -1) {
            return secure ? 443 : 80;
        }
        if (port < 1 || port > 65_535) {
            throw new Refused("there is no such port");
        }
        return port;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        String whole = path == null || path.isEmpty() ? "/" : path;
        return uri.getRawQuery() == null ? whole : whole + '?' + uri.getRawQuery();
    }
}
