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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What it does, it does while it translates; a property ends it, so that the next test has all
/// processors again.
@DisplayName("beside a plugin that")
final class HostilePluginsIT {

    private static final String TOKEN = "trb_hostile_0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Two calls that end neither at their deadline (2 s) nor a second after are enough.
    private static final Duration QUARANTINE = Duration.ofSeconds(10);

    private static final String OVER = "System.getProperty(\"brute.over\") != null";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private Path plugins = folder;
    private Node node;

    @BeforeEach
    void prepare() throws IOException {
        System.clearProperty("brute.over");
        plugins = Files.createDirectory(folder.resolve("plugins"));
        Beeper.jar(plugins, "1.0.0", Beeper.PLAIN);
    }

    @AfterEach
    void stop() {
        System.setProperty("brute.over", "now");
        node.close();
        http.shutdownNow();
    }

    static List<Arguments> blocking() {
        return List.of(
                Arguments.of("spins", "while (!(" + OVER + ")) Thread.onSpinWait();"),
                Arguments.of(
                        "sleeps and does not hear",
                        """
                        while (!(%s)) {
                            try { Thread.sleep(20); } catch (InterruptedException deaf) { }
                        }
                        """
                                .formatted(OVER)),
                Arguments.of(
                        "deadlocks",
                        """
                        Object one = count.incrementAndGet() %% 2 == 0 ? "one-lock" : "other-lock";
                        Object two = one.equals("one-lock") ? "other-lock" : "one-lock";
                        synchronized (one) {
                            while (count.get() < 2 && !(%1$s)) Thread.onSpinWait();
                            long until = System.nanoTime() + 200_000_000L;
                            while (System.nanoTime() < until) Thread.onSpinWait();
                            synchronized (two) { count.get(); }
                        }
                        """
                                .formatted(OVER)),
                Arguments.of(
                        "leaks threads",
                        """
                        for (int i = 0; i < 40; i++) {
                            Thread thread = new Thread(() -> {
                                try { Thread.sleep(1_000_000); } catch (InterruptedException over) { }
                            });
                            thread.setDaemon(true);
                            thread.start();
                        }
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocking")
    @DisplayName(
            "holds up calls or leaks threads, others lose nothing, and it is in quarantine soon")
    void quarantined(String what, String translating) throws Exception {
        start(translating);
        try (var good = new Traffic(node.url(), "shop", 2)) {
            awaitMore(good, 20);

            try (var bad = new Traffic(node.url(), "yard", 4)) {
                var _ = bad;
                await().atMost(QUARANTINE)
                        .until(() -> brute().path("health").asString().equals("quarantined"));
            }

            assertThat(brute().path("text").asString()).contains("quarantined", "trial");
            assertThat(brute().path("nextTrial").asString()).isNotEmpty();
            assertThat(send("GET", "/admin/v1/accounts/yard").path("health").toString())
                    .contains("down", "quarantined");
            assertThat(send("GET", "/health/ready").toString()).contains("quarantined: brute");
            loseNothing(good);
        }
    }

    static List<Arguments> noisy() {
        return List.of(
                Arguments.of(
                        "throws whatever it is asked",
                        "if (true) throw new IllegalStateException(\"never\");"),
                Arguments.of("calls itself for ever", "translate(arrival);"),
                Arguments.of(
                        "throws an OutOfMemoryError of its own",
                        "if (true) throw new OutOfMemoryError(\"of my own\");"),
                Arguments.of(
                        "makes a hundred million interactions of one event",
                        "if (true) return Collections.nCopies(100_000_000, Inbound.of(\"100\","
                                + " Party.of(\"1\"), new Content.Text(\"again\", List.of())));"),
                Arguments.of(
                        "says more than fits",
                        "if (true) return List.of(Inbound.of(\"100\", Party.of(\"1\"),"
                                + " new Content.Text(\"x\".repeat(64 << 20), List.of())));"),
                Arguments.of("ends the process", "System.exit(3);"),
                Arguments.of("halts the process", "Runtime.getRuntime().halt(3);"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noisy")
    @DisplayName("fails in every call, others lose nothing, and its events wait as dead letters")
    void deadLetters(String what, String translating) throws Exception {
        start(translating);
        try (var good = new Traffic(node.url(), "shop", 2)) {
            awaitMore(good, 20);

            List<String> taken;
            try (var bad = new Traffic(node.url(), "yard", 1)) {
                awaitMore(bad, 5);
                taken = bad.end();
                assertThat(bad.refused()).isEmpty();
            }

            assertThat(send("GET", "/admin/v1/dead-letters?limit=1000&account=yard").path("items"))
                    .hasSize(taken.size());
            loseNothing(good);
        }
    }

    @Test
    @DisplayName("ends the process, the attempts are counted and shown")
    void attempts() throws Exception {
        start("System.exit(3);");
        try (var bad = new Traffic(node.url(), "yard", 1)) {
            awaitMore(bad, 3);
            int taken = bad.end().size();

            assertThat(brute().path("refused").path("System.exit").asInt())
                    .isGreaterThanOrEqualTo(taken);
        }
    }

    @Test
    @DisplayName("logs more than is borne, others lose nothing, and most of its lines are dropped")
    void talkative() throws Exception {
        start("for (int i = 0; i < 2_000; i++) System.out.println(\"line \" + i);");
        try (var good = new Traffic(node.url(), "shop", 2)) {
            awaitMore(good, 20);

            try (var bad = new Traffic(node.url(), "yard", 1)) {
                awaitMore(bad, 2);
                assertThat(bad.refused()).isEmpty();
            }

            assertThat(brute().path("droppedLogLines").asLong()).isGreaterThan(1_000);
            assertThat(brute().path("health").asString()).isEqualTo("serving");
            loseNothing(good);
        }
    }

    @Test
    @DisplayName("floods the log, others lose nothing, and it is in quarantine soon")
    void flood() throws Exception {
        start("for (int i = 0; i < 2_000; i++) System.out.println(\"line \" + i);");
        try (var good = new Traffic(node.url(), "shop", 2)) {
            awaitMore(good, 20);

            try (var bad = new Traffic(node.url(), "yard", 4)) {
                var _ = bad;
                await().atMost(QUARANTINE)
                        .until(() -> brute().path("health").asString().equals("quarantined"));
            }

            assertThat(brute().path("text").asString()).contains("quarantined", "trial");
            loseNothing(good);
        }
    }

    private void start(String translating) throws Exception {
        Beeper.jar(plugins, "brute", "1.0.0", translating, "");
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
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                        "true");
        node = Node.start(Configuration.load(null, environment), environment);
        send("PUT", "/admin/v1/accounts/shop", "{\"channel\":\"beeper\",\"config\":{}}");
        send("PUT", "/admin/v1/accounts/yard", "{\"channel\":\"brute\",\"config\":{}}");
    }

    private void loseNothing(Traffic good) throws InterruptedException {
        awaitMore(good, 20);
        var taken = good.end();
        assertThat(good.refused()).isEmpty();
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(taken);
    }

    private static void awaitMore(Traffic traffic, int more) {
        int now = traffic.count();
        await().atMost(PATIENCE).until(() -> traffic.count() >= now + more);
    }

    private JsonNode brute() {
        return send("GET", "/admin/v1/plugins/brute");
    }

    /// The ids that the texts of the good account in the log end with.
    private List<String> stored() {
        var ids = new ArrayList<String>();
        Predicate<JsonNode> none = page -> page.path("items").isEmpty();
        String path = "/v1/interactions?limit=1000&account=shop";
        for (var page = send("GET", path); !none.test(page); ) {
            page.path("items")
                    .forEach(each -> {
                        String text = each.path("data").path("fallbackText").asString();
                        ids.add(text.substring(text.lastIndexOf(' ') + 1));
                    });
            page = send("GET", path + "&after=" + page.path("next").asString());
        }
        return ids;
    }

    private JsonNode send(String method, String path) {
        return send(method, path, "");
    }

    private JsonNode send(String method, String path, String body) {
        try {
            var request =
                    HttpRequest.newBuilder(node.url().resolve(path))
                            .header("Authorization", "Bearer " + TOKEN)
                            .header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofString(body))
                            .build();
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
