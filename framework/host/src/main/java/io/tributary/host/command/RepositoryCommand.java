package io.tributary.host.command;

import io.tributary.host.workshop.MavenRepository;
import io.tributary.host.workshop.PublishedModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tributary repository`, for the build of the distribution: writes the Maven repository that goes
/// into it.
@Command(
        name = "repository",
        hidden = true,
        description = "Writes a Maven repository with modules of Tributary, as built.",
        footer = {
            "",
            "Example:",
            "  tributary repository --built=0.1.0 --to=repository framework/channel-spi"
        })
final class RepositoryCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "The repository.")
    Path to = Path.of("repository");

    @Option(
            names = "--built",
            paramLabel = "VERSION",
            required = true,
            description = "The modules' version.")
    String version = "";

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Modules' folders, with what their build left in target.")
    List<Path> modules = List.of();

    @Override
    public Integer call() {
        try {
            new MavenRepository(to, version).write(published());
        } catch (IOException failure) {
            throw new CommandFailed(
                    Exit.REFUSED, "The repository could not be written: " + failure + ".");
        }
        return Exit.OK;
    }

    private List<PublishedModule> published() throws IOException {
        List<PublishedModule> published = new ArrayList<>();
        for (Path each : modules) {
            Path target = each.toRealPath().resolve("target");
            String artifact = String.valueOf(each.toRealPath().getFileName());
            published.add(
                    new PublishedModule(
                            artifact,
                            target.resolve(artifact + "-" + version + ".jar"),
                            target.resolve("consumer-pom.xml")));
        }
        return published;
    }
}
