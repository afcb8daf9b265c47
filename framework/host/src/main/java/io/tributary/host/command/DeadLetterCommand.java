package io.tributary.host.command;

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
        return new Table(
                        "/admin/v1/dead-letters?limit=200"
                                + (all ? "&open=false" : "")
                                + options.query(),
                        List.of("ID", "AT", "DIRECTION", "ACCOUNT", "KIND", "REASON", "STATE"),
                        DeadLetterCommand::row,
                        "No dead letters.")
                .show(connection, spec.commandLine().getOut());
    }

    private static List<String> row(JsonNode letter, Screen screen) {
        return List.of(
                letter.path("id").asString(""),
                screen.time(letter.path("at").asString()),
                letter.path("direction").asString(""),
                letter.path("account").asString(""),
                Screen.visible(letter.path("kind").asString("")),
                Screen.visible(letter.path("reason").path("code").asString("")),
                letter.path("state").asString(""));
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
            description = {
                "Translates what came again, sends what went again; each once.",
                "Of many, sends that were not made within their time only with --reason expired."
            },
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
        Output output = new Output(spec.commandLine().getOut(), connection.json);
        checkWhich(id, options);
        try (Client client = connection.client()) {
            if (id != null) {
                return replayOne(client, id, output);
            }
            return yes
                    ? new ManyDeadLetters(client, output).replay(options)
                    : count(client, options, output, "replay");
        }
    }

    @Command(
            name = "drop",
            description = "Closes those that nobody wants any more; they stay readable.",
            footer = {
                "",
                "Examples:",
                "  tributary dead-letters drop 7",
                "  tributary dead-letters drop --account shop --reason expired --yes"
            })
    int drop(
            @Mixin Connection connection,
            @Mixin DeadLetterOptions options,
            @Option(names = "--yes", description = "Drop what matches, do not only count it.")
                    boolean yes,
            @Parameters(
                            paramLabel = "ID",
                            arity = "0..1",
                            description = "As `dead-letters list` shows it.")
                    @Nullable String id) {
        Output output = new Output(spec.commandLine().getOut(), connection.json);
        checkWhich(id, options);
        try (Client client = connection.client()) {
            if (id != null) {
                return dropOne(client, id, output);
            }
            return yes
                    ? new ManyDeadLetters(client, output).drop(options)
                    : count(client, options, output, "drop");
        }
    }

    private static void checkWhich(@Nullable String id, DeadLetterOptions options) {
        if ((id == null) == options.isEmpty()) {
            throw new CommandFailed(
                    Exit.USAGE, "Say which: an ID, or a filter such as --account ACCOUNT.");
        }
    }

    private static int replayOne(Client client, String id, Output output) {
        JsonNode answer = act(client, id, "replay");
        if (!output.json(answer)) {
            output.screen()
                    .line("Appended " + answer.path("interactions").size() + " interactions.");
        }
        return Exit.OK;
    }

    private static int dropOne(Client client, String id, Output output) {
        JsonNode answer = act(client, id, "drop");
        if (!output.json(answer)) {
            output.screen().line("Dropped " + answer.path("id").asString("") + ".");
        }
        return Exit.OK;
    }

    private static JsonNode act(Client client, String id, String verb) {
        return client.post(
                "/admin/v1/dead-letters/" + Client.escape(id) + "/" + verb,
                Client.JSON.createObjectNode());
    }

    /// @param verb what would be done with them
    private static int count(Client client, DeadLetterOptions options, Output output, String verb) {
        long matching = matching(client, options.query());
        long expired =
                verb.equals("replay") && options.mayBringExpired()
                        ? matching(client, options.expired())
                        : 0;
        var sum = Client.JSON.createObjectNode().put("matching", matching - expired);
        if (expired > 0) {
            sum.put("expired", expired);
        }
        if (!output.json(sum)) {
            output.screen()
                    .line(
                            (matching - expired)
                                    + " open dead letters match."
                                    + (matching == expired
                                            ? ""
                                            : " Say --yes to " + verb + " them."));
            if (expired > 0) {
                output.screen()
                        .line(
                                expired
                                        + " more were not sent within their time; they are replayed"
                                        + " with --reason expired.");
            }
        }
        return Exit.OK;
    }

    private static long matching(Client client, String query) {
        return client.get("/admin/v1/dead-letters?limit=1" + query).path("matching").asLong();
    }
}
