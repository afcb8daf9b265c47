package io.tributary.host.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tributary dead-letters …`.
@Command(
        name = "dead-letters",
        description = "What could not be processed, kept whole.",
        footer = {"", "Example:", "  tributary dead-letters list"})
final class DeadLetterCommand {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Help help = new Help();

    @Command(
            name = "list",
            description = "Lists them, newest first.",
            footer = {"", "Example:", "  tributary dead-letters list --account shop --since PT24H"})
    int list(
            @Mixin Connection connection,
            @Mixin DeadLetterOptions options,
            @Option(names = "--all", description = "Closed ones as well.") boolean all) {
        try (Client client = connection.client()) {
            JsonNode answer =
                    client.get(
                            "/admin/v1/dead-letters?limit=200"
                                    + (all ? "&open=false" : "")
                                    + options.query());
            Output output = new Output(spec.commandLine().getOut(), connection.json);
            if (output.json(answer)) {
                return Exit.OK;
            }
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ID", "AT", "DIRECTION", "ACCOUNT", "KIND", "REASON", "STATE"));
            answer.path("items")
                    .forEach(each ->
                            rows.add(
                                    List.of(
                                            each.path("id").asString(""),
                                            output.screen().time(each.path("at").asString()),
                                            each.path("direction").asString(""),
                                            each.path("account").asString(""),
                                            Screen.visible(each.path("kind").asString("")),
                                            Screen.visible(
                                                    each.path("reason").path("code").asString("")),
                                            each.path("state").asString(""))));
            output.screen().table(rows, "No dead letters.");
            return Exit.OK;
        }
    }

    @Command(
            name = "show",
            description = "Shows one, its payload whole.",
            footer = {"", "Example:", "  tributary dead-letters show 7"})
    int show(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `dead-letters list` shows it.")
                    String id) {
        try (Client client = connection.client()) {
            JsonNode letter = client.get("/admin/v1/dead-letters/" + Client.escape(id));
            var output = new Output(spec.commandLine().getOut(), connection.json);
            if (!output.json(letter)) {
                output.pretty(Payload.readable(letter));
            }
            return Exit.OK;
        }
    }

    @Command(
            name = "replay",
            description = "Translates what came again, sends what went again; each once.",
            footer = {
                "",
                "Examples:",
                "  tributary dead-letters replay 7",
                "  tributary dead-letters replay --account shop --since PT24H --yes"
            })
    int replay(
            @Mixin Connection connection,
            @Mixin DeadLetterOptions options,
            @Option(names = "--yes", description = "Replay what matches, do not only count it.")
                    boolean yes,
            @Parameters(
                            paramLabel = "ID",
                            arity = "0..1",
                            description = "As `dead-letters list` shows it.")
                    @Nullable String id) {
        if ((id == null) == options.isEmpty()) {
            throw new CommandFailed(
                    Exit.USAGE, "Say which: an ID, or a filter such as --account ACCOUNT.");
        }
        Output output = new Output(spec.commandLine().getOut(), connection.json);
        try (Client client = connection.client()) {
            if (id != null) {
                return replayOne(client, id, output);
            }
            return yes
                    ? new DeadLetterReplaying(client, output).run(options)
                    : count(client, options, output);
        }
    }

    private static int replayOne(Client client, String id, Output output) {
        JsonNode answer =
                client.post(
                        "/admin/v1/dead-letters/" + Client.escape(id) + "/replay",
                        Client.JSON.createObjectNode());
        if (!output.json(answer)) {
            output.screen()
                    .line("Appended " + answer.path("interactions").size() + " interactions.");
        }
        return Exit.OK;
    }

    private static int count(Client client, DeadLetterOptions options, Output output) {
        JsonNode answer = client.get("/admin/v1/dead-letters?limit=1" + options.query());
        long matching = answer.path("matching").asLong();
        if (!output.json(Client.JSON.createObjectNode().put("matching", matching))) {
            output.screen()
                    .line(
                            matching
                                    + " open dead letters match."
                                    + (matching == 0 ? "" : " Say --yes to replay them."));
        }
        return Exit.OK;
    }
}
