package io.tributary.testkit;

import io.tributary.model.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request, as a [LoopbackProvider] has read it.
///
/// @param target path and query
/// @param headers by lower-case name
public record Asked(String method, String target, Map<String, List<String>> headers, Bytes body) {

    public Asked {
        headers = Map.copyOf(headers);
    }

    /// The first header of that name, in whatever case; null where there is none.
    public @Nullable String header(String name) {
        var values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.getFirst();
    }
}
