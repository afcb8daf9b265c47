package io.tributary.host.egress;

import io.tributary.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What goes over the wire: a method, headers that are safe to send, a body.
record Outgoing(String method, List<Header> headers, Bytes body) {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /// What the connection needs is the client's own business, and nobody asked for compressed
    /// answers.
    private static final Set<String> OURS =
            Set.of(
                    "accept-encoding",
                    "connection",
                    "content-length",
                    "expect",
                    "keep-alive",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    record Header(String name, String value) {}

    /// @throws Refused a method or header that does not go out
    static Outgoing of(String method, Map<String, List<String>> headers, Bytes body)
            throws Refused {
        if (!METHODS.contains(method)) {
            throw new Refused("the method does not go out");
        }
        var safe = new ArrayList<Header>();
        for (var header : headers.entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("host")) {
                throw new Refused("the Host header is that of the address");
            }
            if (!OURS.contains(name)) {
                for (String value : header.getValue()) {
                    safe.add(checked(name, value));
                }
            }
        }
        return new Outgoing(method, safe, body);
    }

    private static Header checked(String name, String value) throws Refused {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean token =
                    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0;
            if (!token) {
                throw new Refused("a header's name holds what is no part of a name");
            }
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                throw new Refused("the header " + name + " holds control characters");
            }
        }
        if (name.isEmpty()) {
            throw new Refused("a header has no name");
        }
        return new Header(name, value);
    }
}
