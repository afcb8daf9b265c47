package io.tributary.host.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What became of many dead letters.
///
/// @param matched how many were open when it began
/// @param closed how many others have closed meanwhile
/// @param next the id after which there are more; null: there are none
/// @param stopped why it ended before its time; null: it did not
record DeadLetterReport(
        long matched,
        int replayed,
        int interactions,
        int arrived,
        int dropped,
        int closed,
        List<Failure> failures,
        @Nullable Long next,
        @Nullable String stopped) {

    static final DeadLetterReport NOTHING =
            new DeadLetterReport(0, 0, 0, 0, 0, 0, List.of(), null, null);

    private static final int MOST_TOLD = 100;

    DeadLetterReport {
        failures = List.copyOf(failures);
    }

    /// One that stays open.
    record Failure(long id, String why) {}

    ObjectNode json() {
        ObjectNode json =
                RequestJson.JSON
                        .createObjectNode()
                        .put("matched", matched)
                        .put("replayed", replayed)
                        .put("interactions", interactions)
                        .put("arrived", arrived)
                        .put("dropped", dropped)
                        .put("closed", closed)
                        .put("failed", failures.size());
        ArrayNode list = json.putArray("failures");
        failures.stream()
                .limit(MOST_TOLD)
                .forEach(each ->
                        list.addObject()
                                .put("id", Long.toString(each.id()))
                                .put("detail", each.why()));
        if (next != null) {
            json.put("next", Long.toString(next));
        }
        if (stopped != null) {
            json.put("stopped", stopped);
        }
        return json;
    }

    /// As the audit has it.
    String summary() {
        return "matched %d, replayed %d, arrived %d, dropped %d, failed %d, closed by others %d%s%s"
                .formatted(
                        matched,
                        replayed,
                        arrived,
                        dropped,
                        failures.size(),
                        closed,
                        next == null ? "" : ", more follow",
                        stopped == null ? "" : "; stopped: " + stopped);
    }
}
