package io.tributary.host.egress;

import java.util.Locale;

/// The one way in which a host may be written. Other ways (octal, hexadecimal, one number, an
/// interface after a percent sign) mean different hosts to different readers, so they are refused.
final class Hosts {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private Hosts() {}

    /// The host in lower case, without brackets and without the dot of the root.
    ///
    /// @throws Refused it is written in another way
    static String canonical(String host) throws Refused {
        if (host.startsWith("[")) {
            return ipv6(host);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (isIpv4(name)) {
            return name;
        }
        if (!isName(name)) {
            throw new Refused("the host is not written as a name or an address");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /// Four decimal numbers without needless zeros.
    static boolean isIpv4(String text) {
        int parts = 0;
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('.', start);
            end = end < 0 ? text.length() : end;
            if (!isOctet(text.substring(start, end))) {
                return false;
            }
            parts++;
            start = end + 1;
        }
        return parts == 4;
    }

    private static boolean isOctet(String text) {
        if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.charAt(0) == '0')) {
            return false;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            value = value * 10 + (c - '0');
        }
        return value <= 255;
    }

    private static String ipv6(String host) throws Refused {
        if (!host.endsWith("]") || host.indexOf('%') >= 0) {
            throw new Refused("the host is an address with a zone, or not closed");
        }
        return host.substring(1, host.length() - 1);
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return false;
        }
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (!isLabel(label)) {
                return false;
            }
        }
        return !isNumber(labels[labels.length - 1]);
    }

    private static boolean isLabel(String label) {
        if (label.isEmpty()
                || label.length() > LONGEST_LABEL
                || label.startsWith("-")
                || label.endsWith("-")) {
            return false;
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean fits =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// A name that ends in a number would be read as an address by some.
    private static boolean isNumber(String label) {
        char first = label.charAt(0);
        return first >= '0' && first <= '9';
    }
}
