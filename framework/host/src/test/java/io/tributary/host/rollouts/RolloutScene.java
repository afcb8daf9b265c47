package io.tributary.host.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.Node;
import io.tributary.host.configuration.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A member with one plugin and one account, and what operators do with it.
abstract class RolloutScene {

    static final String TOKEN = "trb_rollouts_0123456789abcdef";
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    Path plugins = folder;
    Path jars = folder;
    Node node;

    @BeforeEach
    void start() throws Exception {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        jars = Files.createDirectory(folder.resolve("jars"));
        Files.move(Beeper.jar(jars, "1.0.0", Beeper.LEISURELY), plugins.resolve("beeper.jar"));
        node = node("1s");
        put("/admin/v1/accounts/shop", "{\"channel\":\"beeper\",\"config\":{}}");
    }

    @AfterEach
    void stop() {
        node.close();
        http.shutdownNow();
    }

    Node node(String watch) throws Exception {
        return node(watch, folder.resolve("data"));
    }

    Node node(String watch, Path data) throws Exception {
        return node(watch, data, Map.of());
    }

    Node node(String watch, Path data, Map<String, String> more) throws Exception {
        Map<String, String> usual =
                Map.of(
                        "TRIBUTARY_ADMIN_TOKEN",
                        TOKEN,
                        "TRIBUTARY_HTTP_PORT",
                        "0",
                        "TRIBUTARY_DATA",
                        data.toString(),
                        "TRIBUTARY_PLUGINS_FOLDER",
                        plugins.toString(),
                        "TRIBUTARY_PLUGINS_WATCH",
                        watch,
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                        "true");
        Map<String, String> environment = new HashMap<>(usual);
        environment.putAll(more);
        return Node.start(Configuration.load(null, environment), environment);
    }

    static void awaitMore(Traffic traffic, int more) {
        int now = traffic.count();
        await().atMost(PATIENCE).until(() -> traffic.count() >= now + more);
    }

    JsonNode awaitState(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(plugin().path("rollout").path("state").asString())
                                .isEqualTo(state));
        return plugin().path("rollout");
    }

    /// Only this version's class loader is left.
    void awaitLoaders(String version) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(plugin().path("loaders").toString())
                            .isEqualTo("[{\"version\":\"" + version + "\",\"state\":\"used\"}]");
                });
    }

    JsonNode install(Path jar) throws IOException {
        return send("POST", "/admin/v1/plugins", Files.readAllBytes(jar), 200);
    }

    /// Puts a version's jar into the folder of uploads, and says how to upload it.
    String upload(String version, String translating, String opening) {
        pending = Beeper.jar(jars, version, translating, opening);
        return "/admin/v1/plugins";
    }

    private @Nullable Path pending;

    JsonNode rolledBack() {
        return send("POST", "/admin/v1/plugins/beeper/rollback", 200);
    }

    JsonNode plugin() {
        return send("GET", "/admin/v1/plugins/beeper", 200);
    }

    JsonNode account() {
        return send("GET", "/admin/v1/accounts/shop", 200);
    }

    List<String> history() {
        var lines = new ArrayList<String>();
        plugin().path("history")
                .forEach(each ->
                        lines.add(
                                each.path("state").asString() + " " + each.path("to").asString()));
        return lines;
    }

    int deadLetters() {
        return send("GET", "/admin/v1/dead-letters?limit=1000", 200).path("items").size();
    }

    long deadLetters(String account) {
        return send("GET", "/admin/v1/dead-letters?limit=1000", 200)
                .path("items")
                .valueStream()
                .filter(each -> each.path("account").asString().equals(account))
                .count();
    }

    /// The ids that the texts in the log end with.
    List<String> stored() {
        var ids = new ArrayList<String>();
        String path = "/v1/interactions?limit=1000";
        for (var page = send("GET", path, 200); !page.path("items").isEmpty(); ) {
            page.path("items")
                    .forEach(each -> {
                        String text = each.path("data").path("fallbackText").asString();
                        ids.add(text.substring(text.lastIndexOf(' ') + 1));
                    });
            page = send("GET", path + "&after=" + page.path("next").asString(), 200);
        }
        return ids;
    }

    void put(String path, String body) {
        send("PUT", path, body.getBytes(StandardCharsets.UTF_8), 200);
    }

    JsonNode send(String method, String path, int expected) {
        try {
            byte[] body = new byte[0];
            var jar = pending;
            if (jar != null) {
                body = Files.readAllBytes(jar);
                pending = null;
            }
            return send(method, path, body, expected);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    JsonNode send(String method, String path, byte[] body, int expected) {
        try {
            var type =
                    path.startsWith("/admin/v1/plugins") && body.length > 0
                            ? "application/java-archive"
                            : "application/json";
            var request =
                    HttpRequest.newBuilder(node.url().resolve(path))
                            .header("Authorization", "Bearer " + TOKEN)
                            .header("Content-Type", type)
                            .method(
                                    method,
                                    body.length == 0 && method.equals("POST")
                                            ? BodyPublishers.ofString("{}")
                                            : BodyPublishers.ofByteArray(body))
                            .build();
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
