package io.tributary.host.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// A range of addresses, such as `10.0.0.0/8` or `fd00::/8`.
record AddressRange(Ip base, int prefix) {

    /// The bytes of an address; an IPv4 address inside of an IPv6 one counts as itself.
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    record Ip(byte[] bytes) {

        static Ip of(InetAddress address) {
            return new Ip(address.getAddress());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ip that && java.util.Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }
    }

    /// @return empty where the text is neither an address nor a range of addresses
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!isLiteral(address)) {
            return Optional.empty();
        }
        try {
            Ip base = Ip.of(InetAddress.getByName(address));
            int bits = base.bytes().length * Byte.SIZE;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            return prefix < 0 || prefix > bits
                    ? Optional.empty()
                    : Optional.of(new AddressRange(base, prefix));
        } catch (UnknownHostException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    static AddressRange of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no range of addresses: " + text));
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != base.bytes().length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >>> (bit % Byte.SIZE);
            int index = bit / Byte.SIZE;
            if ((bytes[index] & mask) != (base.bytes()[index] & mask)) {
                return false;
            }
        }
        return true;
    }

    /// Only what no resolver would be asked for.
    private static boolean isLiteral(String text) {
        return text.indexOf(':') >= 0 ? text.indexOf('%') < 0 : Hosts.isIpv4(text);
    }
}
