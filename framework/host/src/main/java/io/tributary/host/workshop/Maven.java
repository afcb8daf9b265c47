package io.tributary.host.workshop;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The developer's own Maven, as it is called on a command line.
final class Maven {

    private static final String ERROR = "[ERROR]";
    private static final int MOST_LINES = 30;
    private static final long PATIENCE_MINUTES = 10;

    private final Project project;
    private final boolean offline;

    Maven(Project project, boolean offline) {
        this.project = project;
        this.offline = offline;
    }

    /// Runs it in the project.
    ///
    /// @throws Faulty it failed; what it said of the errors is in there
    void run(String... words) throws Faulty, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program(), "-q", "-B"));
        if (offline) {
            command.add("-o");
        }
        command.addAll(List.of(words));
        Path log = Files.createDirectories(project.kept()).resolve("maven.log");
        Process process =
                new ProcessBuilder(command)
                        .directory(project.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw Faulty.of("Maven did not come to an end; see " + log);
            }
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw Faulty.of(
                    "Maven cannot build the project (all it said is in "
                            + log
                            + "):\n"
                            + errors(log));
        }
    }

    /// From the first error on: what follows it are its details, and after that how to ask Maven
    /// for more. Where it names none, how it ended.
    private static String errors(Path log) throws IOException {
        List<String> lines =
                new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.equals(ERROR))
                        .toList();
        List<String> errors = lines.stream().dropWhile(line -> !line.startsWith(ERROR)).toList();
        List<String> shown =
                errors.isEmpty()
                        ? lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())
                        : errors.subList(0, Math.min(MOST_LINES, errors.size()));
        return String.join("\n", shown);
    }

    /// The project's own wrapper, or else the one on the path.
    private String program() throws Faulty {
        boolean windows = File.separatorChar == '\\';
        Path wrapper = project.folder().resolve(windows ? "mvnw.cmd" : "mvnw");
        if (Files.isExecutable(wrapper)) {
            return wrapper.toString();
        }
        String name = windows ? "mvn.cmd" : "mvn";
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() ->
                        Faulty.of(
                                "There is no mvn on the PATH. Install Maven 3.8 or newer, or put"
                                        + " its wrapper into the project."));
    }
}
