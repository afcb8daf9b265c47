package io.tributary.host.command;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Replays or drops all dead letters of a filter, as many requests as it takes.
final class ManyDeadLetters {

    private static final int MOST_SHOWN = 20;

    private final Client client;
    private final Output output;
    private final ArrayNode failures = Client.JSON.createArrayNode();
    private long replayed;
    private long interactions;
    private long arrived;
    private long dropped;
    private long closed;
    private long failed;
    private String stopped = "";
    private boolean recorded = true;

    ManyDeadLetters(Client client, Output output) {
        this.client = client;
        this.output = output;
    }

    int replay(DeadLetterOptions options) {
        run("replay", options);
        return end(
                "Replayed "
                        + replayed
                        + ", appended "
                        + interactions
                        + " interactions; "
                        + failed
                        + " still fail and stay open."
                        + (arrived == 0 ? "" : " " + arrived + " had arrived and are closed."));
    }

    int drop(DeadLetterOptions options) {
        run("drop", options);
        return end("Dropped " + dropped + "; " + failed + " could not be and stay open.");
    }

    private void run(String verb, DeadLetterOptions options) {
        ObjectNode body = options.body();
        JsonNode answer;
        do {
            answer = client.post("/admin/v1/dead-letters/" + verb, body);
            add(answer);
            body.put("after", answer.path("next").asString(""));
        } while (answer.has("next") && stopped.isEmpty() && recorded);
    }

    private void add(JsonNode answer) {
        replayed += answer.path("replayed").asLong();
        interactions += answer.path("interactions").asLong();
        arrived += answer.path("arrived").asLong();
        dropped += answer.path("dropped").asLong();
        closed += answer.path("closed").asLong();
        failed += answer.path("failed").asLong();
        answer.path("failures").forEach(failures::add);
        stopped = answer.path("stopped").asString("");
        recorded = answer.path("recorded").asBoolean(true);
    }

    private int end(String words) {
        if (!output.json(sum())) {
            print(words, output.screen());
        }
        return failed == 0 && stopped.isEmpty() && recorded ? Exit.OK : Exit.REFUSED;
    }

    private ObjectNode sum() {
        ObjectNode sum =
                Client.JSON
                        .createObjectNode()
                        .put("replayed", replayed)
                        .put("interactions", interactions)
                        .put("arrived", arrived)
                        .put("dropped", dropped)
                        .put("closed", closed)
                        .put("failed", failed);
        if (!stopped.isEmpty()) {
            sum.put("stopped", stopped);
        }
        if (!recorded) {
            sum.put("recorded", false);
        }
        sum.set("failures", failures);
        return sum;
    }

    private void print(String words, Screen screen) {
        screen.line(words);
        failures.valueStream()
                .limit(MOST_SHOWN)
                .forEach(each ->
                        screen.line(
                                "  "
                                        + each.path("id").asString("")
                                        + "  "
                                        + Screen.visible(each.path("detail").asString(""))));
        if (!stopped.isEmpty()) {
            screen.line("Stopped: " + Screen.visible(stopped) + "; run it again to go on.");
        }
        if (!recorded) {
            screen.line("This summary could not be written to the audit.");
        }
    }
}
