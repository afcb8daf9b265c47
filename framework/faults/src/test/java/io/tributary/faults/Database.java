package io.tributary.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A real PostgreSQL server, which can be killed and started again on its data.
final class Database implements AutoCloseable {

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private Database(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
        this.port = server.getPort();
    }

    static Database start(Path folder) throws IOException {
        Path data = folder.resolve("postgres");
        return new Database(data, builder(data).start());
    }

    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data.toFile())
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200");
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    String user() {
        return "postgres";
    }

    /// SIGKILL for the server and all that it started.
    void kill() throws IOException, InterruptedException {
        long pid =
                Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        var others = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        others.forEach(ProcessHandle::destroyForcibly);
        try {
            postmaster.onExit().get(30, TimeUnit.SECONDS);
            for (ProcessHandle each : others) {
                each.onExit().get(30, TimeUnit.SECONDS);
            }
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IOException("the server did not die", e);
        }
    }

    /// Starts it on what the killed one left, at the same port.
    void restart() throws IOException {
        // lets go of the folder
        server.close();
        server = builder(data).setPort(port).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
