package io.tributary.meta.simulator;

import tools.jackson.databind.JsonNode;

/// A message that was taken.
///
/// @param id `wamid.…`
/// @param waId to whom it goes
/// @param body the request
public record Taken(String id, String waId, JsonNode body) {

    /// What the sender wants to have back in statuses; empty: nothing.
    public String carried() {
        return body.path("biz_opaque_callback_data").asString("");
    }

    /// Its id: the rest is what was said.
    @Override
    public String toString() {
        return "Taken[" + id + "]";
    }
}
