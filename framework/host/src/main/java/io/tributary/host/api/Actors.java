package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.model.Actor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Who acts: the agent that the request names, or else its token.
final class Actors {

    private static final int LONGEST = 200;

    private Actors() {}

    /// @param name null for none
    record Named(String id, @Nullable String name) {
        Actor actor() {
            return Actor.agent(id, name);
        }
    }

    static Named of(RequestJson body, Principal principal) {
        return named(body, "agent", new Named(principal.id(), principal.name()));
    }

    /// @param otherwise where the body does not say
    static Named named(RequestJson body, String key, Named otherwise) {
        if (!body.has(key)) {
            return otherwise;
        }
        JsonNode node = body.object(key);
        JsonNode id = node.path("id");
        JsonNode name = node.path("name");
        if (!fits(id)) {
            body.error("/" + key + "/id", "must be a string of 1 to 200 characters");
            return otherwise;
        }
        if (!name.isMissingNode() && !fits(name)) {
            body.error("/" + key + "/name", "must be a string of 1 to 200 characters");
            return otherwise;
        }
        return new Named(id.asString(), name.isMissingNode() ? null : name.asString());
    }

    private static boolean fits(JsonNode text) {
        return text.isString()
                && !text.asString().isBlank()
                && text.asString().length() <= LONGEST
                && text.asString().indexOf('\0') < 0;
    }
}
