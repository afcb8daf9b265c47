package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.Node;
import io.tributary.host.configuration.Configuration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("a member that is given an unsigned plugin")
final class UnsignedPluginsTest {

    private static final String TOKEN = "token-of-the-operator";

    @TempDir Path folder;

    @Test
    @DisplayName("serves without it, tells why, and leaves a record in the audit")
    void refused() throws Exception {
        try (Node node = start(false)) {
            JsonNode plugins = ask(node, "/admin/v1/plugins");
            JsonNode audit = ask(node, "/admin/v1/audit");

            assertThat(plugins.path("items")).isEmpty();
            assertThat(plugins.path("refused").path(0).path("reason").asString())
                    .startsWith("it is not signed");
            assertThat(audit.path("items"))
                    .anySatisfy(each -> {
                        assertThat(each.path("action").asString()).isEqualTo("plugin.refuse");
                        assertThat(each.path("target").asString()).isEqualTo("pager.jar");
                        assertThat(each.path("detail").asString()).startsWith("it is not signed");
                    });
            assertThat(check(node)).isEqualTo("1 jar was refused: see /admin/v1/plugins");
        }
    }

    @Test
    @DisplayName("loads it where that is allowed, and says so to whoever asks for its health")
    void allowed() throws Exception {
        try (Node node = start(true)) {
            JsonNode plugins = ask(node, "/admin/v1/plugins");

            assertThat(plugins.path("refused")).isEmpty();
            assertThat(plugins.path("items").path(0).path("signer").asString())
                    .isEqualTo("unsigned");
            JsonNode card = plugins.path("items").path(0).path("scoreCard");
            assertThat(card.path("grade").asString()).isEqualTo("bronze");
            assertThat(card.path("current").asBoolean(true)).isFalse();
            assertThat(card.path("passed").asInt()).isEqualTo(1);
            assertThat(plugins.path("items").path(0).path("sha256").asString())
                    .matches("[0-9a-f]{64}");
            assertThat(check(node)).contains("unsigned plugins are allowed");
        }
    }

    /// What `/health/ready` says of plugins.
    private static String check(Node node) throws Exception {
        for (JsonNode each : ask(node, "/health/ready").path("checks")) {
            if (each.path("name").asString().equals("plugins")) {
                assertThat(each.path("status").asString()).isEqualTo("up");
                return each.path("text").asString("");
            }
        }
        throw new AssertionError("nothing is said of plugins");
    }

    private static JsonNode ask(Node node, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI url = node.url().resolve(path);
            var request =
                    HttpRequest.newBuilder(url).header("Authorization", "Bearer " + TOKEN).build();
            return Client.JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    private Node start(boolean unsignedAllowed) throws Exception {
        Map<String, String> environment =
                Map.of(
                        "TRIBUTARY_ADMIN_TOKEN",
                        TOKEN,
                        "TRIBUTARY_HTTP_PORT",
                        "0",
                        "TRIBUTARY_HTTP_PAGES_PORT",
                        "0",
                        "TRIBUTARY_DATA",
                        folder.resolve("data").toString(),
                        "TRIBUTARY_PLUGINS_FOLDER",
                        Member.plugins(folder).toString(),
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                        Boolean.toString(unsignedAllowed));
        return Node.start(Configuration.load(null, environment), environment);
    }
}
