package io.tributary.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A developer's terminal: a folder, and the distribution's commands on the path.
record Shell(Path folder, Map<String, String> environment) {

    /// What a command said, both streams as they came.
    record Said(int exit, String text) {}

    Said run(String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder.getParent(), "said", ".txt");
        Process process = process(said, command).start();
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("no end of " + List.of(command));
        }
        return new Said(process.exitValue(), Files.readString(said));
    }

    ProcessBuilder process(Path said, String... command) {
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(each -> each.startsWith("TRIBUTARY_"));
        builder.environment().putAll(environment);
        builder.environment()
                .merge(
                        "PATH",
                        Distribution.BUILT.launcher().getParent().toString(),
                        (path, own) -> own + File.pathSeparator + path);
        return builder;
    }

    /// Maven, as it is called by whoever has built something like it before.
    Said maven(String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("mvn", "-B", "-o"));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new));
    }
}
