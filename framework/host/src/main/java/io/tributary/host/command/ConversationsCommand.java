package io.tributary.host.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tributary conversations`.
@Command(
        name = "conversations",
        description = "Lists conversations, newest activity first.",
        footer = {"", "Example:", "  tributary conversations --account shop -n 10"})
final class ConversationsCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Connection connection = new Connection();

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account.")
    @Nullable String account;

    @Option(names = "--all", description = "Closed ones as well.")
    boolean all;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "30",
            description = "How many (default: ${DEFAULT-VALUE}).")
    int limit;

    @Override
    public Integer call() {
        String query =
                "?limit="
                        + limit
                        + (all ? "" : "&open=true")
                        + (account == null ? "" : "&account=" + Client.escape(account));
        return new Table(
                        "/v1/conversations" + query,
                        List.of("CONVERSATION", "ACCOUNT", "ADDRESS", "LAST", "TEXT"),
                        ConversationsCommand::row,
                        all ? "No conversations." : "No open conversations.")
                .show(connection, spec.commandLine().getOut());
    }

    private static List<String> row(JsonNode each, Screen screen) {
        String text = Screen.visible(each.path("last").path("fallbackText").asString(""));
        return List.of(
                each.path("id").asString(""),
                each.path("account").asString(""),
                Screen.visible(each.path("address").asString("")),
                screen.time(each.path("lastAt").asString("1970-01-01T00:00:00Z")),
                text.codePointCount(0, text.length()) > 60
                        ? text.substring(0, text.offsetByCodePoints(0, 59)) + "…"
                        : text);
    }
}
