package io.tributary.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A member in a process of its own, started by the launcher.
final class Member implements AutoCloseable {

    static final String TOKEN = "trb_acceptance_0123456789abcdef";

    private final Process process;
    private final Path log;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Thread reading;
    private final URI url;

    private Member(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        BufferedReader out = process.inputReader();
        for (String line = out.readLine();
                line != null && !line.startsWith("ready ");
                line = out.readLine()) {
            said.add(line);
        }
        if (!process.isAlive()) {
            throw new IOException("the member did not start: " + Files.readString(log));
        }
        this.url = URI.create(Files.readString(log.resolveSibling("data/member.url")).strip());
        said.add("ready " + url);
        this.reading = Thread.ofVirtual().start(() -> out.lines().forEach(said::add));
    }

    static Member start(Distribution distribution, Path folder, Map<String, String> more)
            throws IOException {
        return start(distribution, folder, 0, more);
    }

    /// Starts one, or starts one again, on the same folder and port.
    static Member start(
            Distribution distribution, Path folder, int port, Map<String, String> more)
            throws IOException {
        Path file = folder.resolve("tributary.yaml");
        Files.writeString(
                file,
                """
                http: {port: %d, pages-port: 0}
                egress: {allow: [127.0.0.0/8]}
                sites: {desk: "%s"}
                """
                        .formatted(port, distribution.home().resolve("samples/agent-desk")));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("TRIBUTARY_ADMIN_TOKEN", TOKEN);
        Path log = folder.resolve("member.log");
        Files.writeString(log, "");
        Process process =
                distribution
                        .process(
                                environment,
                                "serve",
                                "--config",
                                file.toString(),
                                "--data",
                                folder.resolve("data").toString())
                        .redirectError(log.toFile())
                        .start();
        try {
            return new Member(process, log);
        } catch (IOException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    URI url() {
        return url;
    }

    /// Every line of standard output.
    List<String> said() throws InterruptedException {
        if (!process.isAlive()) {
            reading.join();
        }
        return List.copyOf(said);
    }

    /// Every line of standard error.
    List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    /// Puts an account of a channel, with its settings and secrets as JSON.
    void connect(String account, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(url.resolve("/admin/v1/accounts/" + account))
                            .header("Authorization", "Bearer " + TOKEN)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString(body))
                            .build();
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        }
    }

    /// Ends it as an operator would.
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
