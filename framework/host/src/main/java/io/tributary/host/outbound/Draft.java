package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.Priority;
import io.tributary.model.Actor;
import io.tributary.model.Json;
import io.tributary.model.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody on our side wants to say, wherever it goes.
///
/// @param parts at least one; they are numbered anew from 1
/// @param actor who says it; a person or program with an id holds or respects the claim
/// @param timeToLive after this it is of no use and fails; null: the member's usual time
/// @param priority bulk lets all others of the account go first
/// @param extensions what is meant for one provider, by namespaced name
/// @param traceparent W3C trace context of the request; null for none
/// @param idempotency null where the caller does not mind doubles
public record Draft(
        List<Part> parts,
        Actor actor,
        @Nullable Duration timeToLive,
        Priority priority,
        Map<String, Json> extensions,
        @Nullable String traceparent,
        @Nullable Idempotency idempotency) {

    /// The namespace of what the host itself says in extensions.
    static final String OURS = "tributary.";

    /// A request that may be repeated: the same key is answered with what it brought the first
    /// time.
    ///
    /// @param principal whose key it is
    /// @param fingerprint of the request; the same key with another one is a mistake of the caller
    public record Idempotency(String principal, String key, String fingerprint) {}

    /// Refuses nothing to say, a time that is not positive, and extensions in the host's name.
    public Draft {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a draft needs at least one part");
        }
        if (timeToLive != null && !timeToLive.isPositive()) {
            throw new IllegalArgumentException("the time to live of a draft must be positive");
        }
        for (var name : extensions.keySet()) {
            if (name.startsWith(OURS)) {
                throw new IllegalArgumentException("extensions in " + OURS + " are the host's own");
            }
        }
        parts = numbered(parts);
        extensions = Map.copyOf(extensions);
    }

    /// A draft that lives for the usual time, of normal priority, without extensions.
    public static Draft of(Actor actor, List<Part> parts) {
        return new Draft(parts, actor, null, Priority.NORMAL, Map.of(), null, null);
    }

    /// The same, which fails after this time.
    public Draft timeToLive(@Nullable Duration time) {
        return new Draft(parts, actor, time, priority, extensions, traceparent, idempotency);
    }

    /// The same, with this priority.
    public Draft priority(Priority one) {
        return new Draft(parts, actor, timeToLive, one, extensions, traceparent, idempotency);
    }

    /// The same, which may be repeated under a key.
    public Draft idempotency(@Nullable Idempotency key) {
        return new Draft(parts, actor, timeToLive, priority, extensions, traceparent, key);
    }

    private static List<Part> numbered(List<Part> parts) {
        var numbered = new ArrayList<Part>(parts.size());
        for (var part : parts) {
            numbered.add(new Part(numbered.size() + 1, part.content(), part.unknown()));
        }
        return List.copyOf(numbered);
    }
}
