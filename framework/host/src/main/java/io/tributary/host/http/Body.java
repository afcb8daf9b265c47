package io.tributary.host.http;

import java.util.Set;

/// What bodies a route takes.
///
/// @param limit the largest in bytes; 0: none at all
/// @param types media types without parameters, in lower case; empty: any
public record Body(long limit, Set<String> types) {

    /// No body.
    public static final Body NONE = new Body(0, Set.of());

    /// Refuses a negative limit.
    public Body {
        if (limit < 0) {
            throw new IllegalArgumentException("the limit of a body cannot be " + limit);
        }
        types = Set.copyOf(types);
    }

    /// JSON.
    public static Body json(long limit) {
        return new Body(limit, Set.of("application/json"));
    }

    /// Any media type.
    public static Body any(long limit) {
        return new Body(limit, Set.of());
    }

    /// These media types.
    public static Body of(long limit, String... types) {
        return new Body(limit, Set.of(types));
    }

    boolean takes(String contentType) {
        return types.isEmpty() || types.contains(MediaTypes.bare(contentType));
    }
}
