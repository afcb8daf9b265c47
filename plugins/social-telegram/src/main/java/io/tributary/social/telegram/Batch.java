package io.tributary.social.telegram;

import io.tributary.model.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one question for updates brought.
///
/// @param updates those that can be read, in order
/// @param unreadable an answer with one update that cannot be read; null: there is none
/// @param next what to ask for next, which has Telegram forget these; [#NOTHING]: there were none
record Batch(List<JsonNode> updates, @Nullable Bytes unreadable, long next) {

    static final long NOTHING = 0;

    static Batch of(JsonNode result) {
        var updates = List.copyOf(result.values());
        long next = NOTHING;
        for (var update : updates) {
            var id = StrictJson.number(update, UpdateReader.ID);
            next = id == null ? next : Math.max(next, id + 1);
        }
        return new Batch(updates, null, next);
    }

    /// The one update of an answer that cannot be read.
    ///
    /// @return null: nothing says which it is
    static @Nullable Batch unreadable(Bytes answer) {
        var id = FirstUpdate.number(answer);
        return id == null || id < 0 ? null : new Batch(List.of(), answer, id + 1);
    }
}
