package io.tributary.host.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.Node;
import io.tributary.host.configuration.Configuration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what a member serves to who writes a channel")
final class DevRoutesTest {

    private static final String TOKEN = "trb_0123456789abcdef0123456789abcdef";

    @TempDir Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private Bench bench;
    private Node node;

    @BeforeEach
    void start() throws Exception {
        var project = new Project(folder);
        bench = new Bench(project, folder.resolve("repository"), true, _ -> {});
        var environment =
                Map.of(
                        "TRIBUTARY_ADMIN_TOKEN",
                        TOKEN,
                        "TRIBUTARY_HTTP_PORT",
                        "0",
                        "TRIBUTARY_DATA",
                        folder.resolve("data").toString(),
                        "TRIBUTARY_PLUGINS_FOLDER",
                        Files.createDirectory(folder.resolve("plugins")).toString());
        node =
                Node.start(
                        Configuration.load(null, environment),
                        environment,
                        (routes, log) -> new DevRoutes(project, bench, log, TOKEN).add(routes));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        bench.close();
        http.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"state", "calls", "examples", "raw/01890f3e-0000-7000-8000-000000000000"})
    @DisplayName("tells nothing to other users of the machine, who were not given the address")
    void withoutKey(String what) throws Exception {
        for (String key : new String[] {"", "0".repeat(32), TOKEN}) {
            var answer = read("/dev/" + what, key);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body())
                    .contains("the whole address that `tributary dev` printed")
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    @DisplayName("gives the token to who has the key that stands in the address")
    void withKey() throws Exception {
        URI page = PageKey.of(TOKEN).page(node.url());
        assertThat(page.toString())
                .startsWith(node.url().resolve("/dev/#key=").toString())
                .doesNotContain(TOKEN.substring(4));

        var answer = read("/dev/state", page.getFragment().substring("key=".length()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(TOKEN);
        assertThat(read("/dev/", "").statusCode()).isEqualTo(200);
        assertThat(read("/dev/provider/texts", "").statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> read(String path, String key) throws Exception {
        return http.send(
                HttpRequest.newBuilder(node.url().resolve(path))
                        .header("X-Tributary-Key", key)
                        .build(),
                BodyHandlers.ofString());
    }
}
