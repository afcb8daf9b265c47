package io.tributary.host.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `tributary webhooks …`.
@Command(
        name = "webhooks",
        description = "Webhooks: events posted to apps that hold no stream.",
        footer = {
            "",
            "Example:",
            "  tributary webhooks create crm https://crm.example.com/hook \\",
            "                            --filter direction=inbound"
        })
final class WebhooksCommand {

    private static final String ALL = "/admin/v1/webhooks";

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Help help = new Help();

    @Command(
            name = "list",
            description = "Lists webhooks, how each is and how far behind.",
            footer = {"", "Example:", "  tributary webhooks list"})
    int list(@Mixin Connection connection) {
        return new Table(
                        ALL,
                        List.of("ID", "NAME", "STATE", "LAG", "WAITING", "GIVEN UP", "TEXT"),
                        (each, _) -> row(each),
                        "No webhooks.")
                .show(connection, spec.commandLine().getOut());
    }

    private static List<String> row(JsonNode webhook) {
        return List.of(
                webhook.path("id").asString(""),
                Screen.visible(webhook.path("name").asString("")),
                webhook.path("state").asString(""),
                webhook.path("lag").asString("?"),
                webhook.path("waiting").asString(""),
                webhook.path("givenUp").asString(""),
                Screen.visible(text(webhook)));
    }

    private static String text(JsonNode webhook) {
        String reason = webhook.path("reason").asString("");
        return reason.isEmpty() ? webhook.path("problem").asString("") : reason;
    }

    @Command(
            name = "show",
            description = "Shows one webhook, and the events that were set aside.",
            footer = {"", "Example:", "  tributary webhooks show ID"})
    int show(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id) {
        try (Client client = connection.client()) {
            output(connection).pretty(client.get(path(id)));
            return Exit.OK;
        }
    }

    @Command(
            name = "create",
            description = "Makes a webhook and shows its secret once.",
            footer = {
                "",
                "Filters: channel, account, conversation, direction, type.",
                "",
                "Example, what customers write on one account:",
                "  tributary webhooks create crm https://crm.example.com/hook \\",
                "            --filter direction=inbound --filter account=shop"
            })
    int create(
            @Mixin Connection connection,
            @Parameters(index = "0", paramLabel = "NAME", description = "What it is for.")
                    String name,
            @Parameters(index = "1", paramLabel = "URL", description = "Where events are posted.")
                    String url,
            @Option(
                            names = "--filter",
                            paramLabel = "NAME=VALUE[,VALUE]",
                            description = "Only such events; may be repeated.")
                    @Nullable Map<String, String> filter,
            @Option(
                            names = "--after",
                            paramLabel = "CURSOR",
                            description = "What comes after it; default: from now on.")
                    @Nullable String after) {
        ObjectNode body = Client.JSON.createObjectNode().put("name", name).put("url", url);
        ObjectNode wanted = body.putObject("filter");
        (filter == null ? Map.<String, String>of() : filter)
                .forEach((key, values) -> {
                    ArrayNode list = wanted.putArray(key);
                    List.of(values.split(",")).forEach(list::add);
                });
        if (after != null) {
            body.put("after", after);
        }
        try (Client client = connection.client()) {
            return made(connection, client.post(ALL, body));
        }
    }

    /// The secret alone, so that SECRET=$(tributary webhooks create …) holds it.
    private int made(Connection connection, JsonNode answer) {
        Output output = output(connection);
        if (!output.json(answer)) {
            output.screen().line(answer.path("secret").asString(""));
            spec.commandLine()
                    .getErr()
                    .println(
                            "Shown this once; what is posted is signed with it. Webhook "
                                    + answer.path("id").asString("")
                                    + ".");
        }
        return Exit.OK;
    }

    @Command(
            name = "pause",
            description = "Delivers nothing to it for now; nothing is lost.",
            footer = {"", "Example:", "  tributary webhooks pause ID"})
    int pause(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id) {
        return state(connection, id, "paused");
    }

    @Command(
            name = "resume",
            description = "Delivers again, from where it stopped.",
            footer = {"", "Example:", "  tributary webhooks resume ID"})
    int resume(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id) {
        return state(connection, id, "active");
    }

    private int state(Connection connection, String id, String state) {
        try (Client client = connection.client()) {
            ObjectNode body = Client.JSON.createObjectNode().put("state", state);
            return told(connection, client.put(path(id), body));
        }
    }

    private int told(Connection connection, JsonNode webhook) {
        Output output = output(connection);
        if (!output.json(webhook)) {
            output.screen()
                    .line(
                            "Webhook '"
                                    + Screen.visible(webhook.path("name").asString(""))
                                    + "' is "
                                    + webhook.path("state").asString("")
                                    + ".");
        }
        return Exit.OK;
    }

    @Command(
            name = "remove",
            description = "Removes a webhook.",
            footer = {"", "Example:", "  tributary webhooks remove ID"})
    int remove(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id) {
        try (Client client = connection.client()) {
            client.delete(path(id));
            output(connection).screen().line("Webhook " + id + " is gone.");
            return Exit.OK;
        }
    }

    @Command(
            name = "rotate",
            description = "Makes another secret and shows it once.",
            footer = {"", "Example:", "  tributary webhooks rotate ID --hours 48"})
    int rotate(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id,
            @Option(
                            names = "--hours",
                            paramLabel = "N",
                            description = "How long the old one signs too; default: 24.")
                    @Nullable Integer hours) {
        ObjectNode body = Client.JSON.createObjectNode();
        if (hours != null) {
            body.put("hours", hours);
        }
        try (Client client = connection.client()) {
            return made(connection, client.post(path(id) + "/rotate", body));
        }
    }

    @Command(
            name = "test",
            description = "Posts a test event now.",
            footer = {"", "Example:", "  tributary webhooks test ID"})
    int test(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id) {
        try (Client client = connection.client()) {
            JsonNode answer = client.post(path(id) + "/test", Client.JSON.createObjectNode());
            Output output = output(connection);
            if (!output.json(answer)) {
                output.screen().line(Screen.visible(answer.path("text").asString("")));
            }
            return answer.path("delivered").asBoolean(false) ? Exit.OK : Exit.REFUSED;
        }
    }

    @Command(
            name = "redeliver",
            description = "Delivers one event again, or all after a cursor.",
            footer = {
                "",
                "Examples:",
                "  tributary webhooks redeliver ID --event ID",
                "  tributary webhooks redeliver ID --after CURSOR"
            })
    int redeliver(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id,
            @Option(names = "--event", paramLabel = "ID", description = "One event.")
                    @Nullable String event,
            @Option(names = "--after", paramLabel = "CURSOR", description = "All after it.")
                    @Nullable String after) {
        ObjectNode body = Client.JSON.createObjectNode();
        if (event != null) {
            body.put("event", event);
        }
        if (after != null) {
            body.put("after", after);
        }
        try (Client client = connection.client()) {
            return told(connection, client.post(path(id) + "/redeliver", body));
        }
    }

    private static String path(String id) {
        return ALL + "/" + Client.escape(id);
    }

    private Output output(Connection connection) {
        return new Output(spec.commandLine().getOut(), connection.json);
    }
}
