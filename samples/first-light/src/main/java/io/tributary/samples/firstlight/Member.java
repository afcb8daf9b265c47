package io.tributary.samples.firstlight;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A member of Tributary in a process of its own, started from the distribution like anybody's.
final class Member implements AutoCloseable {

    private final Process process;
    private final URI url;
    private final Duration startedIn;

    private Member(Process process, URI url, Duration startedIn) {
        this.process = process;
        this.url = url;
        this.startedIn = startedIn;
    }

    /// Starts one and waits until it serves.
    static Member start(Path distribution, Path folder, String token) throws IOException {
        Path launcher = distribution.resolve("bin/tributary");
        if (!Files.isExecutable(launcher)) {
            throw new IOException(
                    "There is no " + launcher + ": build first, with `mvn package` at the top.");
        }
        Path configuration = folder.resolve("tributary.yaml");
        Files.writeString(configuration, configuration(distribution));
        var builder =
                new ProcessBuilder(
                        launcher.toString(),
                        "serve",
                        "--config",
                        configuration.toString(),
                        "--data",
                        folder.resolve("data").toString());
        builder.environment().put("TRIBUTARY_ADMIN_TOKEN", token);
        builder.redirectError(folder.resolve("member.log").toFile());
        long begin = System.nanoTime();
        Process process = builder.start();
        URI url = whenReady(process, folder.resolve("member.log"));
        return new Member(process, url, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static String configuration(Path distribution) {
        return """
        http:
          port: %d
        egress:
          allow: [127.0.0.0/8]
        plugins:
          allow-unsigned: true  # for this demonstration: what was just built bears nobody's signature
        sites:
          desk: %s
        """
                .formatted(Ports.pair(8080), distribution.resolve("samples/agent-desk"));
    }

    private static URI whenReady(Process process, Path log) throws IOException {
        BufferedReader said = process.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready ")) {
                Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
                return URI.create(line.substring("ready ".length()).strip());
            }
        }
        throw new IOException("The member did not start. It said:\n" + Files.readString(log));
    }

    URI url() {
        return url;
    }

    Duration startedIn() {
        return startedIn;
    }

    /// Ends with the process.
    void await() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
