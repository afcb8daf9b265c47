package io.tributary.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A server under load, in a process of its own.
public final class Server implements AutoCloseable {

    private static final Duration MOST = Duration.ofMinutes(4);

    private final Process process;
    private final URI url;

    Server(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /// Starts a command and waits for its line `ready URL`.
    public static Server start(Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(log.toFile());
        Process process = builder.start();
        // one that hangs would hold whoever starts it for ever
        var hangs =
                CompletableFuture.runAsync(
                        () -> {
                            if (process.isAlive()) {
                                process.destroyForcibly();
                            }
                        },
                        CompletableFuture.delayedExecutor(MOST.toSeconds(), TimeUnit.SECONDS));
        BufferedReader said = process.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready ")) {
                hangs.cancel(true);
                // it waits in a read that would hold a carrier of virtual threads for good
                Thread.ofPlatform().daemon().start(() -> drain(said));
                return new Server(process, URI.create(line.substring(6).strip()));
            }
        }
        throw new IOException(command.getFirst() + " did not start:\n" + Files.readString(log));
    }

    private static void drain(BufferedReader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // nothing more comes
        }
    }

    /// A main class.
    ///
    /// @param tuning flags of the JVM
    /// @param program the class path, the main class and its arguments
    static Server java(Path log, List<String> tuning, String... program) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                tool("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(tuning);
        command.add("-cp");
        command.addAll(List.of(program));
        return start(log, Map.of(), command);
    }

    /// A program of the JDK that runs this.
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public URI url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    /// Seconds of processor time so far.
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(each -> each.toNanos() / 1e9).orElse(0.0);
    }

    /// Resident memory in MB, where the system tells.
    double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                .findFirst()
                .orElse(0);
    }

    /// Ends it as a crash does: with SIGKILL, between any two instructions. Returns when nothing of
    /// it runs any more.
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd(process);
    }

    /// Of a process that has been told to end; one that does not is ended by force.
    static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
