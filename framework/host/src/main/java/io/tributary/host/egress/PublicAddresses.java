package io.tributary.host.egress;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which addresses belong to the public internet. Sources: the IANA registries of special-purpose
/// addresses for IPv4 (RFC 6890) and IPv6, and where clouds answer questions about their machines.
final class PublicAddresses {

    private static final Map<AddressRange, String> NOT_PUBLIC = notPublic();

    /// All that was given out so far for the public (RFC 4291).
    private static final AddressRange UNICAST_6 = AddressRange.of("2000::/3");

    private PublicAddresses() {}

    /// @return why the address is not public; null: it is
    static @Nullable String refusal(InetAddress address) {
        for (var range : NOT_PUBLIC.entrySet()) {
            if (range.getKey().contains(address)) {
                return range.getValue();
            }
        }
        return address instanceof Inet6Address && !UNICAST_6.contains(address)
                ? "not a public address"
                : null;
    }

    private static Map<AddressRange, String> notPublic() {
        var ranges = new LinkedHashMap<AddressRange, String>();
        ranges.put(AddressRange.of("0.0.0.0/8"), "this network");
        ranges.put(AddressRange.of("10.0.0.0/8"), "a private address");
        ranges.put(AddressRange.of("100.64.0.0/10"), "a carrier's private address");
        ranges.put(AddressRange.of("127.0.0.0/8"), "a loopback address");
        ranges.put(AddressRange.of("168.63.129.16/32"), "a metadata address");
        ranges.put(AddressRange.of("169.254.0.0/16"), "a link-local or metadata address");
        ranges.put(AddressRange.of("172.16.0.0/12"), "a private address");
        ranges.put(AddressRange.of("192.0.0.0/24"), "a special-purpose address");
        ranges.put(AddressRange.of("192.0.2.0/24"), "a documentation address");
        ranges.put(AddressRange.of("192.88.99.0/24"), "a 6to4 relay");
        ranges.put(AddressRange.of("192.168.0.0/16"), "a private address");
        ranges.put(AddressRange.of("198.18.0.0/15"), "a benchmark address");
        ranges.put(AddressRange.of("198.51.100.0/24"), "a documentation address");
        ranges.put(AddressRange.of("203.0.113.0/24"), "a documentation address");
        ranges.put(AddressRange.of("224.0.0.0/4"), "a multicast address");
        ranges.put(AddressRange.of("240.0.0.0/4"), "a reserved address");
        ranges.put(AddressRange.of("::/128"), "the unspecified address");
        ranges.put(AddressRange.of("::1/128"), "a loopback address");
        ranges.put(AddressRange.of("::/96"), "an IPv4-compatible address");
        ranges.put(AddressRange.of("64:ff9b::/96"), "a NAT64 address");
        ranges.put(AddressRange.of("64:ff9b:1::/48"), "a NAT64 address");
        ranges.put(AddressRange.of("2001::/23"), "a special-purpose or Teredo address");
        ranges.put(AddressRange.of("2001:db8::/32"), "a documentation address");
        ranges.put(AddressRange.of("2002::/16"), "a 6to4 address");
        ranges.put(AddressRange.of("3fff::/20"), "a documentation address");
        ranges.put(AddressRange.of("fc00::/7"), "a private address");
        ranges.put(AddressRange.of("fe80::/10"), "a link-local address");
        ranges.put(AddressRange.of("fec0::/10"), "a site-local address");
        ranges.put(AddressRange.of("ff00::/8"), "a multicast address");
        return ranges;
    }
}
