package io.tributary.host.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where requests may go: to the public internet, and to what an operator named in `egress.allow`.
public final class EgressRules {

    /// Public addresses only.
    public static final EgressRules PUBLIC = of(List.of());

    private final Set<String> hosts;
    private final List<AddressRange> ranges;

    private EgressRules(Set<String> hosts, List<AddressRange> ranges) {
        this.hosts = Set.copyOf(hosts);
        this.ranges = List.copyOf(ranges);
    }

    /// The public internet, and these places.
    ///
    /// @param allow host names, addresses, and ranges such as `127.0.0.0/8`
    /// @throws IllegalArgumentException one of them is none of that; the message names it
    public static EgressRules of(List<String> allow) {
        var hosts = new HashSet<String>();
        var ranges = new ArrayList<AddressRange>();
        for (String entry : allow) {
            Optional<AddressRange> range = AddressRange.parse(entry);
            if (range.isPresent()) {
                ranges.add(range.get());
            } else {
                hosts.add(host(entry));
            }
        }
        return new EgressRules(hosts, ranges);
    }

    private static String host(String entry) {
        try {
            return Hosts.canonical(entry.toLowerCase(Locale.ROOT));
        } catch (Refused unreadable) {
            throw new IllegalArgumentException(
                    "egress.allow: '" + entry + "' is no host name, address or range of addresses",
                    unreadable);
        }
    }

    /// @param host in its canonical form
    /// @return why requests to this address of the host are refused; null: they are not
    @Nullable String refusal(String host, InetAddress address) {
        return names(host, address) ? null : PublicAddresses.refusal(address);
    }

    /// Whether an operator named the host or the address.
    ///
    /// @param host in its canonical form
    boolean names(String host, InetAddress address) {
        return hosts.contains(host) || ranges.stream().anyMatch(range -> range.contains(address));
    }
}
