package io.tributary.samples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One member of the cluster: a process of its own, started from the distribution like anybody's,
/// and started again at the same ports when it has ended. Thread safe.
final class Member implements AutoCloseable {

    private static final Duration MOST_FOR_ENDING = Duration.ofSeconds(40);

    private final String name;
    private final int port;
    private final Path folder;
    private final Settings settings;
    private volatile @Nullable Process process;
    private volatile @Nullable Process expected;
    private boolean closed;

    private Member(String name, int port, Path folder, Settings settings) {
        this.name = name;
        this.port = port;
        this.folder = folder;
        this.settings = settings;
    }

    /// One that does not run yet.
    static Member of(String name, int port, int grid, Path folder, Settings settings)
            throws IOException {
        settings.write(folder.resolve("tributary.yaml"), name, port, grid);
        return new Member(name, port, folder, settings);
    }

    String name() {
        return name;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Of its process; 0: there is none.
    long pid() {
        Process now = process;
        return now == null ? 0 : now.pid();
    }

    /// Megabytes of memory that are its alone or shared; 0 where the system does not tell.
    long megabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notTold) {
            return 0;
        }
    }

    /// Starts it and waits until it serves.
    ///
    /// @param ended is told when the process ends though nobody here asked it to
    /// @throws IOException it did not start; the message has what it said
    void start(Consumer<Member> ended) throws IOException {
        Path log = folder.resolve("member.log");
        Process begun = spawn(log);
        BufferedReader said = begun.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready ")) {
                Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
                var _ =
                        begun.onExit()
                                .thenAccept(_ -> {
                                    if (!begun.equals(expected)) {
                                        ended.accept(this);
                                    }
                                });
                return;
            }
        }
        throw new IOException(
                "The member " + name + " did not start. It said:\n" + Files.readString(log));
    }

    private synchronized Process spawn(Path log) throws IOException {
        if (closed) {
            throw new IOException("The sample is ending.");
        }
        var builder =
                new ProcessBuilder(
                        settings.distribution().resolve("bin/tributary").toString(),
                        "serve",
                        "--config",
                        folder.resolve("tributary.yaml").toString(),
                        "--data",
                        folder.resolve("data").toString());
        builder.environment().putAll(settings.environment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process begun = builder.start();
        Files.writeString(folder.resolve(Guard.NUMBER), Long.toString(begun.pid()));
        process = begun;
        return begun;
    }

    /// As a crash does it: SIGKILL. Somebody else may do it just as well.
    void kill() {
        Process now = process;
        if (now != null) {
            now.destroyForcibly();
        }
    }

    /// As an operator does it: SIGTERM. Waits until it has ended.
    synchronized void stop() {
        Process now = process;
        if (now == null) {
            return;
        }
        expected = now;
        now.destroy();
        try {
            if (!now.waitFor(MOST_FOR_ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                now.destroyForcibly();
            }
            Files.deleteIfExists(folder.resolve(Guard.NUMBER));
        } catch (InterruptedException stopped) {
            now.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException kept) {
            // its folder goes anyway
        }
    }

    /// Stops it for good.
    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }
}
