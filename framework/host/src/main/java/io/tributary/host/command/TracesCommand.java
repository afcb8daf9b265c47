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

/// `tributary traces`.
@Command(
        name = "traces",
        description = {
            "Lists requests to providers, newest first: those made for interactions,",
            "and others that failed. Without contents and secrets; --json shows more."
        },
        footer = {
            "",
            "Examples:",
            "  tributary traces --account shop --failed",
            "  tributary traces --interaction 0199d6c4-5f7a-7d43-8c7e-2f6a3a1b9c10 --json"
        })
final class TracesCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Connection connection = new Connection();

    @Option(names = "--account", description = "Only of this account.")
    @Nullable String account;

    @Option(names = "--interaction", description = "Only for this interaction.")
    @Nullable String interaction;

    @Option(names = "--failed", description = "Only those without an answer, or with an error.")
    boolean failed;

    @Option(names = "--limit", description = "How many, 50 if not said.")
    int limit = 50;

    @Override
    public Integer call() {
        return new Table(
                        "/admin/v1/traces?limit=" + limit + query(),
                        List.of(
                                "AT",
                                "ACCOUNT",
                                "CALL",
                                "TRY",
                                "REQUEST",
                                "ANSWER",
                                "MS",
                                "INTERACTION"),
                        TracesCommand::row,
                        "No traces.")
                .show(connection, spec.commandLine().getOut());
    }

    private String query() {
        return (account == null ? "" : "&account=" + Client.escape(account))
                + (interaction == null ? "" : "&interaction=" + Client.escape(interaction))
                + (failed ? "&failed=true" : "");
    }

    private static List<String> row(JsonNode trace, Screen screen) {
        return List.of(
                screen.time(trace.path("at").asString()),
                trace.path("account").asString(""),
                trace.path("call").asString("-"),
                trace.path("attempt").asString("-"),
                Screen.visible(
                        trace.path("method").asString("")
                                + " "
                                + trace.path("host").asString("")
                                + trace.path("path").asString("")),
                trace.path("status").asString(trace.path("outcome").asString("")),
                Long.toString(Math.round(trace.path("millis").asDouble(0))),
                trace.path("interaction").asString("-"));
    }
}
