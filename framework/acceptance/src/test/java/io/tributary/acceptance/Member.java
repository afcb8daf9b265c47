package io.tributary.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A member in a process of its own, started by the launcher.
final class Member implements AutoCloseable {

    static final String TOKEN = "trb_acceptance_0123456789abcdef";

    private final Process process;
    private final Path folder;

    private Member(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static Member start(Distribution distribution, Path folder, Map<String, String> more)
            throws IOException {
        return start(distribution, folder, 0, more);
    }

    /// Starts one, or starts one again, on the same folder and port.
    static Member start(Distribution distribution, Path folder, int port, Map<String, String> more)
            throws IOException {
        Path file = folder.resolve("tributary.yaml");
        Files.writeString(
                file,
                """
                http: {port: %d, pages-port: 0}
                egress: {allow: [127.0.0.0/8]}
                sites: {desk: "%s"}
                """
                        .formatted(port, Distribution.BUILT.home().resolve("samples/agent-desk")));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("TRIBUTARY_ADMIN_TOKEN", TOKEN);
        Process process =
                distribution
                        .process(
                                environment,
                                "serve",
                                "--config",
                                file.toString(),
                                "--data",
                                folder.resolve("data").toString())
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("log").toFile())
                        .start();
        Member member = new Member(process, folder);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !process.isAlive() || !member.said().isEmpty());
        if (!process.isAlive()) {
            throw new IOException("the member did not start: " + member.log());
        }
        return member;
    }

    URI url() throws IOException {
        return URI.create(said().getLast().substring("ready ".length()));
    }

    /// Every line of standard output.
    List<String> said() throws IOException {
        return Files.readAllLines(folder.resolve("out"));
    }

    /// Every line of standard error.
    List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("log"));
    }

    /// Puts an account of a channel, with its settings and secrets as JSON.
    void connect(String account, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(url().resolve("/admin/v1/accounts/" + account))
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
