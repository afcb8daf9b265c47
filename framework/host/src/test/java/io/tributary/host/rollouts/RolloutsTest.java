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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("while a member serves")
final class RolloutsTest {

    private static final String TOKEN = "trb_rollouts_0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private Path plugins = folder;
    private Path jars = folder;
    private Node node;

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

    @Test
    @DisplayName("a later version takes over, and nobody who sends notices")
    void upgrade() throws Exception {
        try (var traffic = new Traffic(node.url(), "shop", 4)) {
            awaitMore(traffic, 100);

            var rollout = install(Beeper.jar(jars, "1.1.0", Beeper.LEISURELY));

            assertThat(rollout.path("state").asString()).isEqualTo("watching");
            assertThat(rollout.path("accounts").asInt()).isEqualTo(1);
            assertThat(account().path("plugin").asString()).isEqualTo("beeper 1.1.0");
            awaitState("serving");
            awaitMore(traffic, 100);
            var taken = traffic.end();

            assertThat(traffic.refused()).isEmpty();
            assertThat(stored()).containsExactlyInAnyOrderElementsOf(taken);
        }
        awaitLoaders("1.1.0");
    }

    @Test
    @DisplayName("a version that fails at one event in ten is taken back by itself")
    void clumsy() throws Exception {
        try (var traffic = new Traffic(node.url(), "shop", 4)) {
            awaitMore(traffic, 100);

            install(Beeper.jar(jars, "1.1.0", Beeper.CLUMSY));

            assertThat(awaitState("returned").path("text").asString())
                    .contains("calls of translate failed");
            assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
            awaitMore(traffic, 50);
            var taken = traffic.end();

            assertThat(traffic.refused()).isEmpty();
            assertThat(stored().size() + deadLetters()).isEqualTo(taken.size());
        }
        awaitLoaders("1.0.0");
    }

    @Test
    @DisplayName("a version that takes ten times as long is taken back by itself")
    void slow() throws Exception {
        try (var traffic = new Traffic(node.url(), "shop", 4)) {
            awaitMore(traffic, 100);

            install(Beeper.jar(jars, "1.1.0", Beeper.SLOW));

            assertThat(awaitState("returned").path("text").asString())
                    .contains("calls of translate take");
            var taken = traffic.end();
            assertThat(stored()).containsExactlyInAnyOrderElementsOf(taken);
        }
    }

    @Test
    @DisplayName("a version that does not understand what was kept never serves")
    void forgetful() throws Exception {
        try (var traffic = new Traffic(node.url(), "shop", 1)) {
            awaitMore(traffic, 10);
        }

        var refused = send("POST", upload("1.1.0", Beeper.FORGETFUL, ""), 422);

        assertThat(refused.path("detail").asString())
                .contains("account shop cannot live on it", "does not understand", "threw");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
        assertThat(deadLetters()).isZero();
        assertThat(history()).containsExactly("refused 1.1.0", "serving 1.0.0");
    }

    @Test
    @DisplayName("a version that cannot open an account never serves")
    void cannotOpen() throws Exception {
        var refused =
                send(
                        "POST",
                        upload("1.1.0", "", "if (true) throw new RuntimeException(\"no luck\");"),
                        422);

        assertThat(refused.path("detail").asString()).contains("no luck");
        assertThat(account().path("health").path("state").asString()).isNotEqualTo("down");
    }

    @Test
    @DisplayName("an operator takes a version back while it is watched, and after")
    void rollback() throws Exception {
        node.close();
        node = node("1h");
        install(Beeper.jar(jars, "1.1.0", Beeper.PLAIN));
        assertThat(send("POST", upload("1.2.0", Beeper.PLAIN, ""), 409).path("detail").asString())
                .contains("is watched until");

        assertThat(rolledBack().path("state").asString()).isEqualTo("returned");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");

        node.close();
        node = node("100ms");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
        install(jars.resolve("beeper-1.2.0.jar"));
        awaitState("serving");
        rolledBack();
        awaitState("serving");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");

        node.close();
        node = node("100ms");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
        assertThat(history().getFirst()).isEqualTo("serving 1.0.0");
    }

    @Test
    @DisplayName("an earlier version serves only if that is said to be meant")
    void downgrade() throws Exception {
        assertThat(send("POST", upload("0.9.0", Beeper.PLAIN, ""), 409).path("detail").asString())
                .contains("is older than 1.0.0");

        send("POST", upload("0.9.0", Beeper.PLAIN, "") + "?downgrade=true", 200);

        assertThat(plugin().path("version").asString()).isEqualTo("0.9.0");
    }

    @Test
    @DisplayName("a jar that is dropped into the folder serves soon, and after a restart")
    void dropped() throws Exception {
        Files.move(Beeper.jar(jars, "1.1.0", Beeper.PLAIN), plugins.resolve("later.jar"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(plugin().path("version").asString()).isEqualTo("1.1.0"));
        awaitState("serving");
        Files.delete(plugins.resolve("later.jar"));

        node.close();
        node = node("1s");

        assertThat(plugin().path("version").asString()).isEqualTo("1.1.0");
        assertThat(account().path("plugin").asString()).isEqualTo("beeper 1.1.0");
    }

    @Test
    @DisplayName("a plugin is only removed when no account needs it")
    void remove() throws Exception {
        assertThat(send("DELETE", "/admin/v1/plugins/beeper", 409).path("detail").asString())
                .contains("shop");
        send("DELETE", "/admin/v1/accounts/shop", 204);
        Files.delete(plugins.resolve("beeper.jar"));

        send("DELETE", "/admin/v1/plugins/beeper", 204);

        send("GET", "/admin/v1/plugins/beeper", 404);
        node.close();
        node = node("1s");
        send("GET", "/admin/v1/plugins/beeper", 404);
    }

    @Test
    @DisplayName("with no time to watch, versions follow each other at once, and none stays behind")
    void noWatch() throws Exception {
        node.close();
        node = node("0s");

        for (String version : List.of("1.1.0", "1.2.0", "1.3.0")) {
            var rollout = install(Beeper.jar(jars, version, Beeper.LEISURELY));
            assertThat(rollout.path("state").asString()).isEqualTo("serving");
        }

        assertThat(account().path("plugin").asString()).isEqualTo("beeper 1.3.0");
        awaitLoaders("1.3.0");
    }

    private Node node(String watch) throws Exception {
        Map<String, String> environment =
                Map.of(
                        "TRIBUTARY_ADMIN_TOKEN",
                        TOKEN,
                        "TRIBUTARY_HTTP_PORT",
                        "0",
                        "TRIBUTARY_DATA",
                        folder.resolve("data").toString(),
                        "TRIBUTARY_PLUGINS_FOLDER",
                        plugins.toString(),
                        "TRIBUTARY_PLUGINS_WATCH",
                        watch,
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                        "true");
        return Node.start(Configuration.load(null, environment), environment);
    }

    private static void awaitMore(Traffic traffic, int more) {
        int now = traffic.count();
        await().atMost(PATIENCE).until(() -> traffic.count() >= now + more);
    }

    private JsonNode awaitState(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(plugin().path("rollout").path("state").asString())
                                .isEqualTo(state));
        return plugin().path("rollout");
    }

    /// Only this version's class loader is left.
    private void awaitLoaders(String version) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(plugin().path("loaders").toString())
                            .isEqualTo("[{\"version\":\"" + version + "\",\"state\":\"used\"}]");
                });
    }

    private JsonNode install(Path jar) throws IOException {
        return send("POST", "/admin/v1/plugins", Files.readAllBytes(jar), 200);
    }

    /// Puts a version's jar into the folder of uploads, and says how to upload it.
    private String upload(String version, String translating, String opening) {
        pending = Beeper.jar(jars, version, translating, opening);
        return "/admin/v1/plugins";
    }

    private @Nullable Path pending;

    private JsonNode rolledBack() {
        return send("POST", "/admin/v1/plugins/beeper/rollback", 200);
    }

    private JsonNode plugin() {
        return send("GET", "/admin/v1/plugins/beeper", 200);
    }

    private JsonNode account() {
        return send("GET", "/admin/v1/accounts/shop", 200);
    }

    private List<String> history() {
        var lines = new ArrayList<String>();
        plugin().path("history")
                .forEach(each ->
                        lines.add(
                                each.path("state").asString() + " " + each.path("to").asString()));
        return lines;
    }

    private int deadLetters() {
        return send("GET", "/admin/v1/dead-letters?limit=1000", 200).path("items").size();
    }

    /// The ids that the texts in the log end with.
    private List<String> stored() {
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

    private void put(String path, String body) {
        send("PUT", path, body.getBytes(StandardCharsets.UTF_8), 200);
    }

    private JsonNode send(String method, String path, int expected) {
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

    private JsonNode send(String method, String path, byte[] body, int expected) {
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
