package io.tributary.host.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tributary plugin list | status | add | upgrade | rollback | remove`: those that ask a running
/// member.
abstract class InstalledPlugins {

    private static final String PLUGINS = "/admin/v1/plugins";

    @Spec CommandSpec spec = CommandSpec.create();

    final Output output(Connection connection) {
        return new Output(spec.commandLine().getOut(), connection.json);
    }

    private static String path(String plugin) {
        return PLUGINS + "/" + Client.escape(plugin);
    }

    /// What the jar's builder found; nothing where that was about other classes.
    private static String grade(JsonNode card) {
        return card.path("current").asBoolean(false) ? card.path("grade").asString("") : "-";
    }

    private static void tell(Screen screen, JsonNode rollout) {
        String plugin = rollout.path("plugin").asString("");
        String to = rollout.path("to").asString("");
        String from = rollout.path("from").asString("");
        int accounts = rollout.path("accounts").asInt(0);
        String moved = accounts + (accounts == 1 ? " account" : " accounts");
        switch (rollout.path("state").asString("")) {
            case "watching" -> {
                String canary = rollout.path("canary").asString("");
                screen.line(
                        canary.isEmpty()
                                ? "Plugin " + plugin + " " + to + " serves (" + moved + " moved)."
                                : "Plugin "
                                        + plugin
                                        + " "
                                        + to
                                        + " serves account "
                                        + canary
                                        + "; the others follow soon, unless it does worse.");
                String until = rollout.path("watchedUntil").asString("");
                screen.line(
                        until.isEmpty()
                                ? "Another member watches it; the others come when it is settled:"
                                        + " `tributary plugin rollout "
                                        + plugin
                                        + "` shows it."
                                : "Version "
                                        + from
                                        + " stands by until "
                                        + screen.time(until)
                                        + " and takes over again if the new one does worse.");
            }
            case "serving" ->
                    screen.line(
                            rollout.path("text").asString("").isEmpty()
                                    ? "Plugin " + plugin + " " + to + " serves."
                                    : "Plugin " + plugin + " " + to + " serves already.");
            case "returned" ->
                    screen.line(
                            "Plugin "
                                    + plugin
                                    + " "
                                    + from
                                    + " serves again: "
                                    + Screen.visible(rollout.path("text").asString("")));
            default ->
                    screen.line(
                            "Plugin "
                                    + plugin
                                    + " is "
                                    + Screen.visible(rollout.path("state").asString("")));
        }
    }

    /// `tributary plugin list`.
    @Command(
            name = "list",
            description = "Lists the plugins that serve, and jars that were refused.",
            footer = {"", "Example:", "  tributary plugin list --json"})
    static final class Listing extends InstalledPlugins implements Callable<Integer> {

        @Mixin Connection connection = new Connection();

        @Override
        public Integer call() {
            return new Table(
                            PLUGINS,
                            List.of(
                                    "PLUGIN",
                                    "VERSION",
                                    "HEALTH",
                                    "GRADE",
                                    "CHANNELS",
                                    "ACCOUNTS",
                                    "SIGNER"),
                            (each, _) -> row(each),
                            "No plugins. `tributary plugin add --help` says how to add one.")
                    .show(connection, spec.commandLine().getOut(), Listing::refused);
        }

        private static List<String> row(JsonNode plugin) {
            return List.of(
                    plugin.path("id").asString(""),
                    plugin.path("version").asString(""),
                    plugin.path("health").asString(""),
                    grade(plugin.path("scoreCard")),
                    PluginSheet.joined(plugin.path("channels")),
                    PluginSheet.accounts(plugin),
                    Screen.visible(plugin.path("signer").asString("")));
        }

        private static void refused(JsonNode answer, Screen screen) {
            answer.path("refused")
                    .forEach(each ->
                            screen.line(
                                    "refused: "
                                            + Screen.visible(each.path("file").asString(""))
                                            + ": "
                                            + Screen.visible(each.path("reason").asString(""))));
        }
    }

    /// `tributary plugin status`.
    @Command(
            name = "status",
            description =
                    "Shows one plugin: version, signer, accounts, calls, what failed lately, and"
                            + " how it came to serve.",
            footer = {
                "",
                "Examples:",
                "  tributary plugin status pager",
                "  tributary plugin status pager --json"
            })
    static final class Status extends InstalledPlugins implements Callable<Integer> {

        @Mixin Connection connection = new Connection();

        @Parameters(paramLabel = "PLUGIN", description = "Its id.")
        String plugin = "";

        @Override
        public Integer call() {
            try (Client client = connection.client()) {
                JsonNode answer = client.get(path(plugin));
                Output output = output(connection);
                if (!output.json(answer)) {
                    new PluginSheet(output.screen(), answer).show();
                }
                return Exit.OK;
            }
        }
    }

    /// `tributary plugin add`, `tributary plugin upgrade`.
    @Command(
            name = "add",
            aliases = "upgrade",
            description = {
                "Lets the version in a signed jar serve, at once and without a restart.",
                "It is tried beside the version that serves, which stands by for a while and takes"
                        + " over again if the new one does worse."
            },
            footer = {
                "",
                "Examples:",
                "  tributary plugin add pager-1.0.0.jar",
                "  tributary plugin upgrade pager-1.1.0.jar",
                "  tributary plugin upgrade pager-1.0.0.jar --downgrade"
            })
    static final class Adding extends InstalledPlugins implements Callable<Integer> {

        @Mixin Connection connection = new Connection();

        @Parameters(paramLabel = "JAR", description = "A signed plugin jar.")
        Path jar = Path.of("");

        @Option(
                names = "--downgrade",
                description = "A version below one that served already is meant.")
        boolean downgrade;

        @Override
        public Integer call() {
            try (Client client = connection.client()) {
                JsonNode answer =
                        client.upload(
                                PLUGINS
                                        + "?downgrade="
                                        + downgrade
                                        + "&name="
                                        + Client.escape(String.valueOf(jar.getFileName())),
                                "application/java-archive",
                                NamedJar.read(jar).toArray());
                Output output = output(connection);
                if (!output.json(answer)) {
                    tell(output.screen(), answer);
                }
                return Exit.OK;
            }
        }
    }

    /// `tributary plugin rollback`.
    @Command(
            name = "rollback",
            description = "Lets the version before serve again.",
            footer = {"", "Example:", "  tributary plugin rollback pager"})
    static final class Rollback extends InstalledPlugins implements Callable<Integer> {

        @Mixin Connection connection = new Connection();

        @Parameters(paramLabel = "PLUGIN", description = "Its id.")
        String plugin = "";

        @Override
        public Integer call() {
            try (Client client = connection.client()) {
                JsonNode answer =
                        client.post(path(plugin) + "/rollback", Client.JSON.createObjectNode());
                Output output = output(connection);
                if (!output.json(answer)) {
                    tell(output.screen(), answer);
                }
                return Exit.OK;
            }
        }
    }

    /// `tributary plugin remove`.
    @Command(
            name = "remove",
            description = "Takes a plugin away that no account needs.",
            footer = {"", "Example:", "  tributary plugin remove pager"})
    static final class Removal extends InstalledPlugins implements Callable<Integer> {

        @Mixin Connection connection = new Connection();

        @Parameters(paramLabel = "PLUGIN", description = "Its id.")
        String plugin = "";

        @Override
        public Integer call() {
            try (Client client = connection.client()) {
                client.delete(path(plugin));
                Output output = output(connection);
                if (!output.json(
                        Client.JSON
                                .createObjectNode()
                                .put("plugin", plugin)
                                .put("state", "removed"))) {
                    output.screen().line("Plugin " + Screen.visible(plugin) + " is gone.");
                }
                return Exit.OK;
            }
        }
    }
}
