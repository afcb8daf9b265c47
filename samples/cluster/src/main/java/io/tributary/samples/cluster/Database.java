package io.tributary.samples.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;

/// A PostgreSQL server of the sample's own, on a free port.
final class Database implements AutoCloseable {

    private final EmbeddedPostgres server;

    private Database(EmbeddedPostgres server) {
        this.server = server;
    }

    static Database start(Folder folder) throws IOException {
        Path log = folder.path().resolve("postgres.log");
        return new Database(
                EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(folder.in("binaries").toFile())
                        .setDataDirectory(folder.path().resolve(Guard.DATABASE))
                        .setPGStartupWait(Duration.ofMinutes(2))
                        // the members end first: this class says when
                        .setRegisterShutdownHook(false)
                        .setOutputRedirector(Redirect.appendTo(log.toFile()))
                        .setErrorRedirector(Redirect.appendTo(log.toFile()))
                        .setServerConfig("shared_buffers", "32MB")
                        // as every log of Tributary needs it; the server that is embedded has it
                        // off
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start());
    }

    int port() {
        return server.getPort();
    }

    String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    String user() {
        return "postgres";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
