package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A provider in a process of its own that counts what it takes, and tells by HTTP.
final class Provider implements AutoCloseable {

    private final Server server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Provider(Server server) {
        this.server = server;
    }

    /// @param program its main class; the port where it tells is its first argument
    /// @param arguments the others
    static Provider start(Launcher launcher, Path log, Class<?> program, String... arguments)
            throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.class.path"),
                                program.getName(),
                                Integer.toString(Server.freePort())));
        words.addAll(List.of(arguments));
        return new Provider(Server.java(log, launcher.tuning(), words.toArray(String[]::new)));
    }

    URI url() {
        return server.url();
    }

    HttpClient http() {
        return http;
    }

    /// Counts from here on, and takes everything.
    void begin() throws IOException, InterruptedException {
        tell("/begin");
    }

    /// Asks for something else.
    void tell(String path) throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(url().resolve(path)).POST(BodyPublishers.noBody()));
    }

    Tally count() throws IOException, InterruptedException {
        return Tally.parse(ask(HttpRequest.newBuilder(url().resolve("/count"))));
    }

    private String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
