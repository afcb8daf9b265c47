package io.tributary.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;

/// A channel of `samples/` that is no module of the build, in a folder of its own.
record SampleProject(Path folder) {

    private static final Path SAMPLES = Path.of("../../samples");

    /// A copy, which knows where the distribution is.
    static SampleProject copied(String sample, Path into) throws IOException {
        Path from = SAMPLES.resolve(sample);
        var project = new SampleProject(into.resolve(sample));
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path relative = from.relativize(each);
                if (!relative.startsWith("target") && !relative.startsWith(".tributary")) {
                    Files.copy(each, project.folder.resolve(relative.toString()));
                }
            }
        }
        Files.writeString(
                project.folder.resolve(".mvn/maven.config"),
                "-Dtributary.home=" + Distribution.BUILT.home() + "\n",
                StandardOpenOption.APPEND);
        return project;
    }

    /// What Maven said of it.
    Shell.Said verified() throws IOException, InterruptedException {
        return new Shell(folder, Map.of()).maven("verify");
    }

    /// What the contract found.
    String scoreCard() throws IOException {
        return Files.readString(
                folder.resolve("target/classes/META-INF/tributary/score-card.json"));
    }
}
