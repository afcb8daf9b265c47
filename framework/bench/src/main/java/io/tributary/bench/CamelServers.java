package io.tributary.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The same work on Apache Camel, once keeping nothing, once a row for each request.
record CamelServers(List<Server> servers, List<Contestant> contestants) implements AutoCloseable {

    static final CamelServers NONE = new CamelServers(List.of(), List.of());

    /// Starts both from what the bench profile built.
    static CamelServers start(Path project, Path folder) throws IOException {
        Path target = project.resolve("framework/bench/camel/target");
        Path libraries = target.resolve("lib");
        if (!Files.isDirectory(libraries)) {
            throw new IOException(
                    "Apache Camel's server is not built: run with -Pbench, or without only=camel");
        }
        String classPath = target.resolve("classes") + File.pathSeparator + libraries.resolve("*");
        Server nothing = start(classPath, folder.resolve("camel-nothing.log"), List.of());
        try {
            Server row =
                    start(
                            classPath,
                            folder.resolve("camel-row.log"),
                            List.of(folder.resolve("camel.db").toString()));
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

    private static Server start(String classPath, Path log, List<String> more) throws IOException {
        String[] arguments = new String[2 + more.size()];
        arguments[0] = Integer.toString(Server.freePort());
        arguments[1] = Webhooks.AUTH_TOKEN;
        for (int i = 0; i < more.size(); i++) {
            arguments[2 + i] = more.get(i);
        }
        return Server.java(log, classPath, "io.tributary.bench.camel.CamelServer", arguments);
    }

    @Override
    public void close() {
        servers.forEach(Server::close);
    }
}
