package io.tributary.host.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tributary backup`.
@Command(
        name = "backup",
        description = "Copies the whole log into one file while the member works on.",
        footer = {
            "",
            "To restore: stop the member, put the file in the place of the database in",
            "the data folder, remove the -wal and -shm beside it, start.",
            "",
            "Example:",
            "  tributary backup --to /backup/tributary-$(date +%%F).db"
        })
final class BackupCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Connection connection = new Connection();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "A file that does not exist, on the member's machine.")
    Path target = Path.of("");

    @Override
    public Integer call() {
        try (Client client = connection.client()) {
            JsonNode answer =
                    client.post(
                            "/admin/v1/backup",
                            Client.JSON
                                    .createObjectNode()
                                    .put("file", target.toAbsolutePath().toString()));
            var output = new Output(spec.commandLine().getOut(), connection.json);
            if (!output.json(answer)) {
                output.screen()
                        .line(
                                "Complete: "
                                        + answer.path("file").asString("")
                                        + ", "
                                        + answer.path("bytes").asString("?")
                                        + " bytes.");
            }
            return Exit.OK;
        }
    }
}
