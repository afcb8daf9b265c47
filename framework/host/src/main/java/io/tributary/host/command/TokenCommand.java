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
import tools.jackson.databind.node.ObjectNode;

/// `tributary token …`.
@Command(
        name = "token",
        description = "Tokens: who may do what, on which accounts.",
        footer = {
            "",
            "Example:",
            "  tributary token create desk --scope interactions:read \\",
            "                              --scope interactions:write"
        })
final class TokenCommand {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Help help = new Help();

    @Command(
            name = "list",
            description = "Lists tokens; never the tokens themselves.",
            footer = {"", "Example:", "  tributary token list"})
    int list(@Mixin Connection connection) {
        return new Table(
                        "/admin/v1/tokens",
                        List.of("ID", "NAME", "SCOPES", "ACCOUNTS", "STATE"),
                        (each, _) -> row(each),
                        "No tokens.")
                .show(connection, spec.commandLine().getOut());
    }

    private static List<String> row(JsonNode token) {
        JsonNode accounts = token.path("accounts");
        return List.of(
                token.path("id").asString(""),
                Screen.visible(token.path("name").asString("")),
                joined(token.path("scopes")),
                accounts.isEmpty() ? "all" : joined(accounts),
                token.has("revokedAt") ? "revoked" : "valid");
    }

    private static String joined(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asString()));
        return String.join(",", texts);
    }

    @Command(
            name = "create",
            description = "Makes a token and shows it once.",
            footer = {
                "",
                "Scopes: interactions:read, interactions:write, customers:read,",
                "        customers:write, customers:*, admin:read, admin:write, admin:*",
                "",
                "Example, an agent app that sees one account only:",
                "  tributary token create desk --scope interactions:read \\",
                "                              --scope interactions:write --account shop"
            })
    int create(
            @Mixin Connection connection,
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            required = true,
                            description = "What it may do; may be repeated.")
                    List<String> scopes,
            @Option(
                            names = "--account",
                            paramLabel = "ACCOUNT",
                            description = "Limits it to an account; may be repeated.")
                    @Nullable List<String> accounts) {
        ObjectNode body = Client.JSON.createObjectNode().put("name", name);
        scopes.forEach(body.putArray("scopes")::add);
        if (accounts != null) {
            accounts.forEach(body.putArray("accounts")::add);
        }
        try (Client client = connection.client()) {
            JsonNode answer = client.post("/admin/v1/tokens", body);
            Output output = output(connection);
            if (!output.json(answer)) {
                output.screen().line(answer.path("token").asString(""));
                // beside it, so that TOKEN=$(tributary token create …) holds the token alone
                spec.commandLine()
                        .getErr()
                        .println(
                                "Shown this once. Revoke it with `tributary token revoke "
                                        + answer.path("id").asString("")
                                        + "`.");
            }
            return Exit.OK;
        }
    }

    @Command(
            name = "revoke",
            description = "Revokes a token; it is refused from now on.",
            footer = {"", "Example:", "  tributary token revoke tok_1"})
    int revoke(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "As `token list` shows it.") String id) {
        try (Client client = connection.client()) {
            client.delete("/admin/v1/tokens/" + Client.escape(id));
            output(connection).screen().line("Token " + id + " is revoked.");
            return Exit.OK;
        }
    }

    private Output output(Connection connection) {
        return new Output(spec.commandLine().getOut(), connection.json);
    }
}
