package io.tributary.samples.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The distribution's own command line.
///
/// @param path of `bin/tributary`
record Launcher(Path path) {

    static Launcher of(Path distribution) throws IOException {
        Path launcher = distribution.resolve("bin/tributary");
        if (!Files.isExecutable(launcher)) {
            throw new IOException(
                    "There is no " + launcher + ": build first, with `mvn package` at the top.");
        }
        return new Launcher(launcher);
    }

    /// Runs a command and answers what it says.
    ///
    /// @throws IOException it did not end well
    String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("tributary " + String.join(" ", words) + ":\n" + said);
        }
        return said;
    }
}
