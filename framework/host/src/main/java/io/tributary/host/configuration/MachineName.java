package io.tributary.host.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/// What the machine is called, as a member may be called.
final class MachineName {

    private static final String NAMELESS = "member";
    private static final int LONGEST = 63;

    private MachineName() {}

    static String here() {
        try {
            return of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException _) {
            return NAMELESS;
        }
    }

    static String of(String host) {
        String name =
                host.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.-]", "-")
                        .replaceFirst("^[.-]+", "");
        return name.isEmpty() ? NAMELESS : name.substring(0, Math.min(name.length(), LONGEST));
    }
}
