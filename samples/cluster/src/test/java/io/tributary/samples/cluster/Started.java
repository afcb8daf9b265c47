package io.tributary.samples.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The sample in a process of its own, with a temporary folder of its own.
final class Started implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final Path err;
    private final Path temporary;
    private long database;
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    private Started(Process process, Path out, Path err, Path temporary) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.temporary = temporary;
    }

    static Started with(Path folder, String... wishes) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                ClusterSample.class.getName(),
                                Path.of(System.getProperty("cluster.distribution"))
                                        .toAbsolutePath()
                                        .normalize()
                                        .toString(),
                                System.getProperty("cluster.echo")));
        command.addAll(List.of(wishes));
        var builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put(
                        "TRIBUTARY_JAVA_OPTIONS",
                        "-Xms64m -Xmx192m -XX:+UseG1GC -Djava.io.tmpdir=" + temporary);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        // a terminal at which nobody types
        Process process =
                builder.redirectInput(new File("/dev/null"))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        return new Started(process, out, err, temporary);
    }

    /// Also notes which processes it has started, and the database's, which is nobody's child.
    boolean ended() throws IOException {
        process.descendants().forEach(seen::add);
        try (Stream<Path> folders = Files.list(temporary)) {
            for (Path each : folders.toList()) {
                Path number = each.resolve("postgres/postmaster.pid");
                if (Files.exists(number)) {
                    String first = Files.readString(number).lines().findFirst().orElse("");
                    database = first.isEmpty() ? database : Long.parseLong(first.strip());
                }
            }
        } catch (NoSuchFileException goes) {
            // as it is to
        }
        return !process.isAlive();
    }

    /// The number of the database's process; 0: not seen yet.
    long database() {
        return database;
    }

    int exit() {
        return process.exitValue();
    }

    String said() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String complained() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    Path temporary() {
        return temporary;
    }

    Set<ProcessHandle> processes() {
        return seen;
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
