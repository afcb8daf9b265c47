package io.tributary.host.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Proxies in front of the server whose `X-Forwarded-For` is believed.
public final class TrustedProxies {

    /// Nobody is believed.
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<Range> ranges;

    private TrustedProxies(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /// Those at these addresses are believed.
    ///
    /// @param ranges addresses or ranges such as `10.0.0.0/8`
    /// @throws IllegalArgumentException one is neither
    public static TrustedProxies of(List<String> ranges) {
        List<Range> parsed = new ArrayList<>();
        for (String range : ranges) {
            parsed.add(Range.of(range));
        }
        return new TrustedProxies(parsed);
    }

    boolean none() {
        return ranges.isEmpty();
    }

    /// The address that reached the outermost trusted proxy.
    ///
    /// @param peer who opened the connection
    /// @param forwarded values of `X-Forwarded-For`, in order
    String client(String peer, List<String> forwarded) {
        String client = peer;
        for (int line = forwarded.size() - 1; line >= 0; line--) {
            String[] hops = forwarded.get(line).split(",", 64);
            for (int hop = hops.length - 1; hop >= 0; hop--) {
                if (!trusts(client)) {
                    return client;
                }
                String before = hops[hop].strip();
                if (!literal(before)) {
                    return client;
                }
                client = before;
            }
        }
        return client;
    }

    private boolean trusts(String address) {
        byte[] bytes = bytes(address);
        return ranges.stream().anyMatch(range -> range.holds(bytes));
    }

    /// Only digits, so that no name is ever looked up.
    private static boolean literal(String text) {
        if (text.isEmpty() || text.length() > 45) {
            return false;
        }
        boolean colon = text.indexOf(':') >= 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean hex = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (!(digit || c == '.' || (colon && (hex || c == ':')))) {
                return false;
            }
        }
        return colon
                || (text.indexOf('.') > 0 && Character.isDigit(text.charAt(text.length() - 1)));
    }

    private static byte[] bytes(String address) {
        if (!literal(address)) {
            return new byte[0];
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException notAnAddress) {
            return new byte[0];
        }
    }

    private static final class Range {

        private final byte[] base;
        private final int bits;

        private Range(byte[] base, int bits) {
            this.base = base;
            this.bits = bits;
        }

        static Range of(String text) {
            int slash = text.indexOf('/');
            byte[] base = bytes(slash < 0 ? text : text.substring(0, slash));
            int bits = slash < 0 ? base.length * 8 : number(text.substring(slash + 1));
            if (base.length == 0 || bits < 0 || bits > base.length * 8) {
                throw new IllegalArgumentException(
                        "http.trusted-proxies: '"
                                + text
                                + "' is no address or range such as 10.0.0.0/8");
            }
            return new Range(base, bits);
        }

        private static int number(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException notANumber) {
                return -1;
            }
        }

        boolean holds(byte[] address) {
            if (address.length != base.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if (((address[bit >> 3] ^ base[bit >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
