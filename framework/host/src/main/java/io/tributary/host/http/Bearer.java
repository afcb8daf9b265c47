package io.tributary.host.http;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/// Where a request carries its token.
final class Bearer {

    private static final String SCHEME = "Bearer ";
    private static final String SUBPROTOCOL = "bearer.";
    private static final int LONGEST = 512;

    private Bearer() {}

    /// @return null: there is none, or nothing that could be one
    static @Nullable String of(MultiMap headers) {
        String authorization = headers.get("Authorization");
        if (authorization == null
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = authorization.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : token;
    }

    /// For browsers, which cannot set headers on a WebSocket: a subprotocol `bearer.<token>`.
    static @Nullable String ofSocket(MultiMap headers) {
        String offered = headers.get("Sec-WebSocket-Protocol");
        if (offered != null && offered.length() <= LONGEST) {
            for (String protocol : offered.split(",", 16)) {
                String name = protocol.strip();
                if (name.startsWith(SUBPROTOCOL) && name.length() > SUBPROTOCOL.length()) {
                    return name.substring(SUBPROTOCOL.length());
                }
            }
        }
        return of(headers);
    }
}
