package io.tributary.host.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `tributary replay`: waits for the end of the run that it begins; without it the run goes on.
@Command(
        name = "replay",
        description = {
            "Has a channel's plugin as it is now translate again what was received, and",
            "appends what it understands otherwise as corrections, once."
        },
        footer = {"", "Example:", "  tributary replay --channel sms-acme --since PT24H --dry-run"})
final class ReplayCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Connection connection = new Connection();

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            required = true,
            description = "What was received on this channel.")
    String channel = "";

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            required = true,
            description = "Not older: an instant, or a span before now such as PT2H.")
    String since = "";

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "Older: an instant, or a span before now such as PT2H.")
    @Nullable String until;

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only on this account.")
    @Nullable String account;

    @Option(names = "--dry-run", description = "Only counts: appends nothing.")
    boolean dry;

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(spec.commandLine().getOut(), connection.json);
        try (Client client = connection.client()) {
            JsonNode run = client.post("/admin/v1/renormalisations", body());
            String id = run.path("run").asString();
            while (isOurs(run, id) && run.path("state").asString().equals("running")) {
                if (!connection.json) {
                    output.screen().line(progress(run));
                }
                Thread.sleep(LOOK);
                run = client.get("/admin/v1/renormalisations/" + Client.escape(channel));
            }
            if (!isOurs(run, id)) {
                throw new CommandFailed(
                        Exit.REFUSED, "Another run of the channel has begun since.");
            }
            if (!output.json(run)) {
                output.screen().line(summary(run));
            }
            return run.path("state").asString().equals("ended") ? Exit.OK : Exit.REFUSED;
        }
    }

    private static boolean isOurs(JsonNode run, String id) {
        return run.path("run").asString().equals(id);
    }

    private ObjectNode body() {
        ObjectNode body =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("channel", channel)
                        .put("since", DeadLetterOptions.moment("--since", since))
                        .put("dryRun", dry);
        if (until != null) {
            body.put("until", DeadLetterOptions.moment("--until", until));
        }
        if (account != null) {
            body.put("account", account);
        }
        return body;
    }

    private static String progress(JsonNode run) {
        return "at %d of %d: looked at %d, corrected %d"
                .formatted(
                        run.path("position").asLong(),
                        run.path("last").asLong(),
                        run.path("looked").asLong(),
                        run.path("corrected").asLong());
    }

    private static String summary(JsonNode run) {
        String reason = Screen.visible(run.path("reason").asString(""));
        return "%s: looked at %d; unchanged %d, %s %d, to be looked at by hand %d, not understood %d%s"
                .formatted(
                        run.path("state").asString(),
                        run.path("looked").asLong(),
                        run.path("unchanged").asLong(),
                        run.path("dryRun").asBoolean() ? "would be corrected" : "corrected",
                        run.path("corrected").asLong(),
                        run.path("passed").asLong(),
                        run.path("failed").asLong(),
                        reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
