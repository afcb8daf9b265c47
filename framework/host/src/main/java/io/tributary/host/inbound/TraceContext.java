package io.tributary.host.inbound;

import org.jspecify.annotations.Nullable;

/// The W3C trace context that a request came with (Trace Context, section 3.2.2).
final class TraceContext {

    private static final int LENGTH = 55;

    private TraceContext() {}

    /// @return null where there is none that could be passed on
    static @Nullable String of(@Nullable String header) {
        if (header == null || header.length() != LENGTH || header.startsWith("ff")) {
            return null;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean dash = i == 2 || i == 35 || i == 52;
            char c = header.charAt(i);
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !hex) {
                return null;
            }
        }
        return header;
    }
}
