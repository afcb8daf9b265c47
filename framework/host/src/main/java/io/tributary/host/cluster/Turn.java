package io.tributary.host.cluster;

import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a row means for who waits for whom.
///
/// @param asks the customer says something that wants an answer
/// @param answers our side says something
/// @param ends the conversation is over after it
record Turn(boolean asks, boolean answers, boolean ends) {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final Turn NEITHER = new Turn(false, false, false);

    /// What nobody has to answer, and what answers nobody, whichever its direction.
    private static final Set<String> QUIET =
            Set.of(
                    "receipt",
                    "mediaStored",
                    "mediaFailed",
                    "handover",
                    "note",
                    "reaction",
                    "edited",
                    "deleted",
                    "consent",
                    "transcript",
                    "callOrder");

    /// What has to be looked into.
    private static final Set<String> EVENTS = Set.of("changed", "visit", "call");

    /// A visit ends its conversation, whichever part of an interaction it is.
    private static final String VISIT = "\"visit\"";

    static Turn of(Row row) {
        if (QUIET.contains(row.type())) {
            return NEITHER;
        }
        if (EVENTS.contains(row.type())
                || (row.direction() == Direction.INBOUND && row.body().utf8().contains(VISIT))) {
            return looked(row);
        }
        return spoken(row.direction());
    }

    private static Turn spoken(Direction direction) {
        return switch (direction) {
            case INBOUND -> new Turn(true, false, false);
            case OUTBOUND -> new Turn(false, true, false);
            case INTERNAL -> NEITHER;
        };
    }

    private static Turn looked(Row row) {
        List<Content> contents;
        try {
            Interaction interaction = InteractionJson.decode(row.body().toArray());
            contents = interaction.parts().stream().map(Part::content).toList();
        } catch (RuntimeException unreadable) {
            // an erased one has no content any more
            LOG.debug(
                    "not read position={} failure={}",
                    row.position(),
                    unreadable.getClass().getName());
            return EVENTS.contains(row.type()) ? NEITHER : spoken(row.direction());
        }
        Turn all = NEITHER;
        for (Content content : contents) {
            Turn part = of(content, row.direction());
            all =
                    new Turn(
                            all.asks || part.asks,
                            all.answers || part.answers,
                            all.ends || part.ends);
        }
        return all;
    }

    private static Turn of(Content content, Direction direction) {
        return switch (content) {
            case Content.Changed changed ->
                    new Turn(false, false, changed.what() == Content.Changed.What.CLOSED);
            case Content.Visit visit when visit.event() == Content.Visit.Event.ENDED ->
                    new Turn(false, false, true);
            // who takes the call answers it, whichever side the event came from
            case Content.Call call ->
                    switch (call.event()) {
                        case RINGING -> spoken(direction);
                        case ANSWERED -> new Turn(false, true, false);
                        case HELD, RESUMED, TRANSFERRED, ENDED -> NEITHER;
                    };
            default -> spoken(direction);
        };
    }
}
