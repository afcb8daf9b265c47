package io.tributary.host.command;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Replays all dead letters of a filter, as many requests as it takes.
final class DeadLetterReplaying {

    private static final int MOST_SHOWN = 20;

    private final Client client;
    private final Output output;
    private final ArrayNode failures = Client.JSON.createArrayNode();
    private long replayed;
    private long interactions;
    private long closed;
    private long failed;

    DeadLetterReplaying(Client client, Output output) {
        this.client = client;
        this.output = output;
    }

    int run(DeadLetterOptions options) {
        ObjectNode body = options.body();
        JsonNode answer;
        do {
            answer = client.post("/admin/v1/dead-letters/replay", body);
            add(answer);
            body.put("after", answer.path("next").asString(""));
        } while (answer.has("next"));
        if (!output.json(sum())) {
            print(output.screen());
        }
        return failed == 0 ? Exit.OK : Exit.REFUSED;
    }

    private void add(JsonNode answer) {
        replayed += answer.path("replayed").asLong();
        interactions += answer.path("interactions").asLong();
        closed += answer.path("closed").asLong();
        failed += answer.path("failed").asLong();
        answer.path("failures").forEach(failures::add);
    }

    private ObjectNode sum() {
        ObjectNode sum =
                Client.JSON
                        .createObjectNode()
                        .put("replayed", replayed)
                        .put("interactions", interactions)
                        .put("closed", closed)
                        .put("failed", failed);
        sum.set("failures", failures);
        return sum;
    }

    private void print(Screen screen) {
        screen.line(
                "Replayed "
                        + replayed
                        + ", appended "
                        + interactions
                        + " interactions; "
                        + failed
                        + " still fail and stay open.");
        failures.valueStream()
                .limit(MOST_SHOWN)
                .forEach(each ->
                        screen.line(
                                "  "
                                        + each.path("id").asString("")
                                        + "  "
                                        + Screen.visible(each.path("detail").asString(""))));
    }
}
