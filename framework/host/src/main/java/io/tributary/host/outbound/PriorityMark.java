package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.Priority;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionBuilder;
import io.tributary.model.Json;

/// What an interaction says of its priority, so that readers can tell a mailing from an answer.
final class PriorityMark {

    static final String EXTENSION = Draft.OURS + "priority";

    private static final Json BULK = Json.string("bulk");

    private PriorityMark() {}

    /// What is normal is not said.
    static void put(InteractionBuilder begun, Priority priority) {
        if (priority == Priority.BULK) {
            begun.extension(EXTENSION, BULK);
        }
    }

    static Priority of(Interaction interaction) {
        return BULK.equals(interaction.extensions().get(EXTENSION))
                ? Priority.BULK
                : Priority.NORMAL;
    }
}
