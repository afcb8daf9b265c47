package io.tributary.host.command;

import java.util.ArrayList;
import java.util.List;
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
            footer = {"", "Example:", "  tributary dead-letters list --all"})
    int list(
            @Mixin Connection connection,
            @Option(names = "--all", description = "Closed ones as well.") boolean all) {
        try (Client client = connection.client()) {
            JsonNode answer =
                    client.get("/admin/v1/dead-letters?limit=200" + (all ? "&open=false" : ""));
            Output output = new Output(spec.commandLine().getOut(), connection.json);
            if (output.json(answer)) {
                return Exit.OK;
            }
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ID", "AT", "DIRECTION", "ACCOUNT", "KIND", "REASON"));
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
                                                    each.path("reason")
                                                            .path("code")
                                                            .asString("")))));
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
            description = "Translates an inbound one again, once.",
            footer = {"", "Example:", "  tributary dead-letters replay 7"})
    int replay(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `dead-letters list` shows it.")
                    String id) {
        try (Client client = connection.client()) {
            JsonNode answer =
                    client.post(
                            "/admin/v1/dead-letters/" + Client.escape(id) + "/replay",
                            Client.JSON.createObjectNode());
            Output output = new Output(spec.commandLine().getOut(), connection.json);
            if (!output.json(answer)) {
                output.screen()
                        .line("Appended " + answer.path("interactions").size() + " interactions.");
            }
            return Exit.OK;
        }
    }
}
