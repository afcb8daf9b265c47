package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.configuration.Configuration;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("who guesses tokens is slowed down")
final class GuessedTokensTest {

    private static final String GUESSER = "198.51.100.1";
    private static final String SOMEBODY = "198.51.100.2";
    private static final int ALLOWED = 20;

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("by the address that a trusted proxy names, so nobody else is")
    void behindAProxy() throws Exception {
        try (Node node = start("127.0.0.0/8");
                HttpClient http = HttpClient.newHttpClient()) {
            exhaust(node, http);

            assertThat(guess(node, http, SOMEBODY)).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("whatever addresses he claims, where no proxy is trusted")
    void byHimself() throws Exception {
        try (Node node = start("");
                HttpClient http = HttpClient.newHttpClient()) {
            exhaust(node, http);

            assertThat(guess(node, http, SOMEBODY)).isEqualTo(429);
        }
    }

    private static void exhaust(Node node, HttpClient http) throws Exception {
        for (int i = 0; i < ALLOWED; i++) {
            assertThat(guess(node, http, GUESSER)).isEqualTo(401);
        }
        assertThat(guess(node, http, GUESSER)).isEqualTo(429);
    }

    private static int guess(Node node, HttpClient http, String from)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(node.url().resolve("/v1/conversations"))
                        .header("Authorization", "Bearer trb_guessed")
                        .header("X-Forwarded-For", from)
                        .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    private Node start(String proxies) throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Map<String, String> environment =
                new HashMap<>(
                        Map.of(
                                "TRIBUTARY_ADMIN_TOKEN",
                                "trb_guessing_0123456789",
                                "TRIBUTARY_HTTP_PORT",
                                "0",
                                "TRIBUTARY_DATA",
                                folder.resolve("data").toString(),
                                "TRIBUTARY_PLUGINS",
                                plugins.toString()));
        if (!proxies.isEmpty()) {
            environment.put("TRIBUTARY_HTTP_TRUSTED_PROXIES", proxies);
        }
        return Node.start(Configuration.load(null, environment), environment);
    }
}
