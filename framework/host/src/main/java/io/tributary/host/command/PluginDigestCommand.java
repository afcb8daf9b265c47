package io.tributary.host.command;

import io.tributary.host.artifacts.JarFiles;
import io.tributary.host.artifacts.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tributary plugin digest`.
@Command(
        name = "digest",
        description = "Prints the SHA-256 that stands for a jar, whoever signed it.",
        footer = {
            "",
            "One jar a line, as sha256sum prints them; of a folder, every jar in it. For jars",
            "that are not signed it is what sha256sum says. Revoke a jar with it, or list the",
            "plugins that come with a distribution of your own.",
            "",
            "Example:",
            "  tributary plugin digest plugins"
        })
final class PluginDigestCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JAR", arity = "1..*", description = "Jars, or folders with jars.")
    List<Path> places = List.of();

    @Override
    public Integer call() {
        var screen = new Output(spec.commandLine().getOut(), false).screen();
        for (Path place : places) {
            for (Path jar : jars(place)) {
                try {
                    String sha256 = JarFiles.sha256(NamedJar.read(jar));
                    screen.line(sha256 + "  " + Screen.visible(String.valueOf(jar.getFileName())));
                } catch (Rejected rejected) {
                    throw NamedJar.refused(jar, rejected);
                }
            }
        }
        return Exit.OK;
    }

    private static List<Path> jars(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return new ArrayList<>(
                    files.filter(each -> each.toString().endsWith(".jar")).sorted().toList());
        } catch (IOException failure) {
            throw new CommandFailed(
                    Exit.REFUSED, place + " cannot be read: " + failure.getMessage() + ".");
        }
    }
}
