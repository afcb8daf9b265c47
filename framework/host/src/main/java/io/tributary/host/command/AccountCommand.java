package io.tributary.host.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `tributary account …`.
@Command(
        name = "account",
        description = "Accounts: the credentials and numbers of channels.",
        footer = {
            "",
            "Example:",
            "  tributary account put shop --channel pager --config @shop.json \\",
            "                             --secret token=@token.txt"
        })
final class AccountCommand {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Help help = new Help();

    @Command(
            name = "list",
            description = "Lists accounts with their health.",
            footer = {"", "Example:", "  tributary account list --json"})
    int list(@Mixin Connection connection) {
        return new Table(
                        "/admin/v1/accounts",
                        List.of("ACCOUNT", "CHANNEL", "HEALTH", "FROM", "TEXT"),
                        (each, _) -> row(each),
                        "No accounts. `tributary account put --help` says how to make one.")
                .show(connection, spec.commandLine().getOut());
    }

    private static List<String> row(JsonNode account) {
        JsonNode health = account.path("health");
        return List.of(
                account.path("id").asString(""),
                account.path("channel").asString(""),
                health.path("state").asString(""),
                account.path("source").asString(""),
                Screen.visible(health.path("text").asString("")));
    }

    @Command(
            name = "show",
            description = "Shows one account, without its secrets.",
            footer = {"", "Example:", "  tributary account show shop"})
    int show(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ACCOUNT", description = "Its id.") String id) {
        try (Client client = connection.client()) {
            output(connection).pretty(client.get("/admin/v1/accounts/" + Client.escape(id)));
            return Exit.OK;
        }
    }

    @Command(
            name = "put",
            description = "Configures an account, at once and without a restart.",
            footer = {
                "",
                "Examples:",
                "  tributary account put shop --channel pager \\",
                "            --set url=https://pager.example --secret token=@token.txt",
                "  tributary account put shop --channel pager --config @shop.json"
            })
    int put(
            @Mixin Connection connection,
            @Parameters(
                            paramLabel = "ACCOUNT",
                            description = "Its id: lower-case letters, digits and dashes.")
                    String id,
            @Option(
                            names = "--channel",
                            paramLabel = "CHANNEL",
                            required = true,
                            description = "Which channel, such as a plugin brings it.")
                    String channel,
            @Option(names = "--config", paramLabel = "JSON|@FILE", description = "The settings.")
                    @Nullable String config,
            @Option(
                            names = "--set",
                            paramLabel = "KEY=VALUE",
                            description = "One setting; the value is JSON where it can be read so.")
                    @Nullable Map<String, String> settings,
            @Option(
                            names = "--secret",
                            paramLabel = "KEY=VALUE|KEY=@FILE",
                            description =
                                    "One secret. Prefer @FILE: a shell remembers what was typed.")
                    @Nullable Map<String, String> secrets) {
        ObjectNode body = Client.JSON.createObjectNode().put("channel", channel);
        ObjectNode target = config(config);
        (settings == null ? Map.<String, String>of() : settings)
                .forEach((key, value) -> target.set(key, loose(value)));
        body.set("config", target);
        ObjectNode hidden = body.putObject("secrets");
        new LinkedHashMap<>(secrets == null ? Map.of() : secrets)
                .forEach((key, value) ->
                        hidden.put(
                                key,
                                value.startsWith("@") ? read(value.substring(1)).strip() : value));
        try (Client client = connection.client()) {
            JsonNode answer = client.put("/admin/v1/accounts/" + Client.escape(id), body);
            Output output = output(connection);
            if (!output.json(answer)) {
                output.screen()
                        .line(
                                "Account '"
                                        + id
                                        + "' is "
                                        + answer.path("health").path("state").asString("configured")
                                        + ".");
                output.screen()
                        .line(
                                "Its webhook, to be entered at the provider: "
                                        + answer.path("webhook").asString(""));
            }
            return Exit.OK;
        }
    }

    @Command(
            name = "remove",
            description = "Removes an account; its interactions stay.",
            footer = {"", "Example:", "  tributary account remove shop"})
    int remove(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ACCOUNT", description = "Its id.") String id) {
        try (Client client = connection.client()) {
            client.delete("/admin/v1/accounts/" + Client.escape(id));
            output(connection)
                    .screen()
                    .line("Account '" + id + "' is gone; its interactions stay.");
            return Exit.OK;
        }
    }

    @Command(
            name = "check",
            description = "Asks the provider whether the account works.",
            footer = {"", "Example:", "  tributary account check shop"})
    int check(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ACCOUNT", description = "Its id.") String id) {
        try (Client client = connection.client()) {
            JsonNode health =
                    client.post(
                            "/admin/v1/accounts/" + Client.escape(id) + "/check",
                            Client.JSON.createObjectNode());
            Output output = output(connection);
            if (!output.json(health)) {
                output.screen()
                        .line(
                                health.path("state").asString("")
                                        + "  "
                                        + Screen.visible(health.path("text").asString("")));
            }
            return health.path("state").asString("").equals("up") ? Exit.OK : Exit.REFUSED;
        }
    }

    private Output output(Connection connection) {
        return new Output(spec.commandLine().getOut(), connection.json);
    }

    private static ObjectNode config(@Nullable String text) {
        if (text == null) {
            return Client.JSON.createObjectNode();
        }
        try {
            JsonNode node =
                    Client.JSON.readTree(text.startsWith("@") ? read(text.substring(1)) : text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException broken) {
            throw new CommandFailed(
                    Exit.USAGE, "--config is no JSON: " + broken.getOriginalMessage());
        }
        throw new CommandFailed(Exit.USAGE, "--config must be a JSON object.");
    }

    /// `5`, `true` and `["a"]` as JSON, everything else as text.
    private static JsonNode loose(String value) {
        try {
            JsonNode node = Client.JSON.readTree(value);
            return node.isMissingNode() || node.isString()
                    ? Client.JSON.getNodeFactory().stringNode(value)
                    : node;
        } catch (JacksonException text) {
            return Client.JSON.getNodeFactory().stringNode(value);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    Exit.USAGE, "Cannot read " + file + ": " + unreadable.getMessage());
        }
    }
}
