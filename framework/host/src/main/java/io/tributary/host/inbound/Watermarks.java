package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a receipt "up to this time" says of the messages that went out before. Blocking.
final class Watermarks {

    /// How far back is looked: what was read before that is either known to be or of no interest.
    private static final int LOOKED_AT = 100;

    /// Interactions of ours that nobody receives.
    private static final Set<String> NOT_SENT =
            Set.of("receipt", "changed", "handover", "note", "mediaStored", "mediaFailed");

    private Watermarks() {}

    /// @param receipt in the conversation of `place`
    static List<Change> advances(
            Journal journal,
            Interaction receipt,
            Content.Receipt said,
            Target.Until until,
            Place place) {
        var advances = new ArrayList<Change>();
        for (Row row :
                journal.conversations()
                        .interactionsBefore(place.conversation(), Long.MAX_VALUE, LOOKED_AT)) {
            if (row.direction() == Direction.OUTBOUND
                    && !NOT_SENT.contains(row.type())
                    && !row.receivedAt().isAfter(until.watermark())) {
                advances.add(
                        new Change.Advance(
                                row.id(),
                                0,
                                until.recipient() == null ? "" : until.recipient(),
                                said.status(),
                                said.reason(),
                                receipt.occurredAt()));
            }
        }
        return advances;
    }
}
