package io.tributary.host.outbound;

import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.Bytes;
import io.tributary.model.Interaction;

/// Interactions as the journal keeps them.
final class Bodies {

    private Bodies() {}

    static Bytes of(Interaction interaction) {
        return Bytes.wrap(InteractionJson.encode(interaction));
    }

    static Interaction of(Row row) {
        return InteractionJson.decode(row.body().toArray(), row.position());
    }
}
