package io.tributary.host.outbound;

import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Support;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeMap;

/// Names capabilities: the same have the same version, on any member. When a window closes is no
/// part of it, since that moves with every word of the customer; whether it is open is.
public final class CapabilityVersion {

    private static final int BYTES = 8;

    private CapabilityVersion() {}

    public static String of(Capabilities capabilities, Instant now) {
        var text = new StringBuilder();
        new TreeMap<>(capabilities.content())
                .forEach((type, support) -> text.append(type).append(told(support)).append('\n'));
        var window = capabilities.window();
        if (window != null) {
            text.append(Countdown.isOpen(window, now) ? "open " : "closed ")
                    .append(sorted(window.after()));
        }
        text.append('\n').append(capabilities.together()).append(capabilities.rates());
        text.append(sorted(capabilities.receipts())).append(capabilities.mayStart());
        return hash(text.toString());
    }

    private static String told(Support support) {
        return " %s %d %s %d %d %d %s %s"
                .formatted(
                        support.level(),
                        support.length(),
                        support.unit(),
                        support.count(),
                        support.label(),
                        support.bytes(),
                        sorted(support.values()),
                        support.age());
    }

    /// Sets have no order that two members agree on.
    private static String sorted(Collection<?> values) {
        return values.stream().map(String::valueOf).sorted().toList().toString();
    }

    private static String hash(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
