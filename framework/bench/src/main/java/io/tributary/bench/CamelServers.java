package io.tributary.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The same work on Apache Camel, once keeping nothing, once a row for each request.
record CamelServers(List<Server> servers, List<Contestant> contestants) implements AutoCloseable {

    private static final String MAIN = "io.tributary.bench.camel.CamelServer";

    static final CamelServers NONE = new CamelServers(List.of(), List.of());

    /// Starts both from what the bench profile built.
    static CamelServers start(Path project, List<String> tuning, Path folder) throws IOException {
        Path target = project.resolve("framework/bench/camel/target");
        Path libraries = target.resolve("lib");
        if (!Files.isDirectory(libraries)) {
            throw new IOException(
                    "Apache Camel's server is not built: run with -Pbench, or leave camel out of only=");
        }
        String classPath = target.resolve("classes") + File.pathSeparator + libraries.resolve("*");
        Server nothing =
                Server.java(
                        folder.resolve("camel-nothing.log"),
                        tuning,
                        classPath,
                        MAIN,
                        Integer.toString(Server.freePort()),
                        Webhooks.AUTH_TOKEN);
        try {
            Server row =
                    Server.java(
                            folder.resolve("camel-row.log"),
                            tuning,
                            classPath,
                            MAIN,
                            Integer.toString(Server.freePort()),
                            Webhooks.AUTH_TOKEN,
                            folder.resolve("camel.db").toString());
            return new CamelServers(
                    List.of(nothing, row),
                    List.of(
                            new Contestant("Camel, nothing kept", nothing, false),
                            new Contestant("Camel, one row", row, true)));
        } catch (IOException failure) {
            nothing.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        servers.forEach(Server::close);
    }
}
