package io.tributary.bench;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// Eclipse Mosquitto in a process of its own, where it is installed. It keeps what nobody has
/// acknowledged yet, all of it.
final class Mosquitto implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final URI url;

    private Mosquitto(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /// Where it is. Debian puts it where the path of users does not lead.
    static Optional<Path> program() {
        String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// @param folder of its own
    static Mosquitto start(Path program, Path folder) throws IOException, InterruptedException {
        int port = Server.freePort();
        Path settings = folder.resolve("mosquitto.conf");
        Files.writeString(
                settings,
                """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence true
                persistence_location %s/
                autosave_interval 1000000
                max_queued_messages 1000000
                max_inflight_messages 500
                user %s
                """
                        .formatted(port, folder, System.getProperty("user.name")));
        Process process =
                new ProcessBuilder(program.toString(), "-c", settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("mosquitto.log").toFile())
                        .start();
        var broker = new Mosquitto(process, URI.create("mqtt://127.0.0.1:" + port));
        try {
            broker.awaitReady(folder);
            return broker;
        } catch (IOException | InterruptedException failure) {
            broker.close();
            throw failure;
        }
    }

    private void awaitReady(Path folder) throws IOException, InterruptedException {
        Waiting.until(
                PATIENCE,
                Duration.ofMillis(20),
                "mosquitto does not answer",
                () -> {
                    if (!process.isAlive()) {
                        throw new IOException(
                                "mosquitto did not start:\n"
                                        + Files.readString(folder.resolve("mosquitto.log")));
                    }
                    return answers();
                });
    }

    private boolean answers() {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    URI url() {
        return url;
    }

    double cpuSeconds() {
        return process.info().totalCpuDuration().map(each -> each.toNanos() / 1e9).orElse(0.0);
    }

    @Override
    public void close() {
        process.destroy();
        Server.awaitEnd(process);
    }
}
