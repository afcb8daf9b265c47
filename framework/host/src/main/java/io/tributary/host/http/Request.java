package io.tributary.host.http;

import io.tributary.host.access.Principal;
import io.tributary.model.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to an endpoint: authenticated, its body whole and within bounds.
///
/// @param path values of the template's variables, decoded
/// @param query decoded; repeated keys in order
/// @param headers names in lower case
/// @param trace the `traceparent` it came with, or one made for it
public record Request(
        String method,
        Map<String, String> path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        Bytes body,
        Principal principal,
        String remote,
        String trace) {

    public @Nullable String query(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.getFirst();
    }

    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.getFirst();
    }

    /// The value of a variable of the route's template.
    public String need(String variable) {
        String value = path.get(variable);
        if (value == null) {
            throw new IllegalArgumentException("the route has no variable '" + variable + "'");
        }
        return value;
    }
}
