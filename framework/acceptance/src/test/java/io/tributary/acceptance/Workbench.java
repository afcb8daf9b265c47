package io.tributary.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `tributary dev`, in a process of its own.
final class Workbench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path folder;
    private final Path said;
    private final HttpClient http = HttpClient.newHttpClient();

    private Workbench(Process process, Path folder, Path said) {
        this.process = process;
        this.folder = folder;
        this.said = said;
    }

    /// Starts it in a project; answers when the channel serves.
    static Workbench start(Path folder) throws IOException {
        Path said = Files.createTempFile(folder.getParent(), "dev", ".txt");
        var shell = new Shell(folder, Map.of());
        Process process =
                shell.process(
                                said,
                                Distribution.BUILT.launcher().toString(),
                                "dev",
                                "--offline",
                                "--http-port",
                                "0")
                        .start();
        var bench = new Workbench(process, folder, said);
        try {
            bench.awaitSaid("Serving");
        } catch (RuntimeException | AssertionError never) {
            process.destroyForcibly();
            throw new IllegalStateException(Files.readString(said), never);
        }
        return bench;
    }

    void awaitSaid(String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || said().contains(text));
        if (!said().contains(text)) {
            throw new IllegalStateException("it ended: " + said());
        }
    }

    String said() {
        try {
            return Files.readString(said);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    /// Where the member is.
    URI url() {
        return page().resolve("/");
    }

    /// The address that it printed.
    URI page() {
        String line =
                said().lines().filter(each -> each.startsWith("ready ")).findFirst().orElseThrow();
        return URI.create(line.substring("ready ".length()));
    }

    /// Posts a text as the service of a new channel does.
    HttpResponse<String> text(String id, String text) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(url().resolve("/channels/dev/webhook"))
                        .header("X-Id", id)
                        .header("X-From", "555-0100")
                        .header("X-To", "555-0199")
                        .header("X-Token", "a-token-for-development")
                        .timeout(Duration.ofSeconds(60))
                        .POST(BodyPublishers.ofString(text))
                        .build(),
                BodyHandlers.ofString());
    }

    /// Asks the public interface, or what is below `/dev/`.
    HttpResponse<String> read(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", java.util.UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String token = Files.readString(folder.resolve(".tributary/token")).strip();
        return HttpRequest.newBuilder(url().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("X-Tributary-Key", page().getFragment().substring("key=".length()));
    }

    /// Every text in the log, in its order.
    List<String> texts(String direction) throws IOException, InterruptedException {
        var texts = new java.util.ArrayList<String>();
        String after = "";
        while (true) {
            String page = read("/v1/interactions?limit=500&direction=" + direction + after).body();
            int before = texts.size();
            var found =
                    java.util.regex.Pattern.compile("\"fallbackText\":\"([^\"]*)\"").matcher(page);
            while (found.find()) {
                texts.add(found.group(1));
            }
            if (texts.size() == before) {
                return texts;
            }
            var next = java.util.regex.Pattern.compile("\"next\":\"([^\"]*)\"").matcher(page);
            if (!next.find()) {
                return texts;
            }
            after = "&after=" + next.group(1);
        }
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
