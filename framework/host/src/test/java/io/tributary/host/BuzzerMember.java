package io.tributary.host;

import io.tributary.buzzer.BuzzerChannel;
import io.tributary.buzzer.ShyBuzzerChannel;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import io.tributary.host.plugins.PluginJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running member with the buzzer in its plugins folder.
public final class BuzzerMember implements AutoCloseable {

    /// Where every test is run on PostgreSQL: by the members' folders.
    private static final Map<Path, PostgresAddress> DATABASES = new ConcurrentHashMap<>();

    static final String TOKEN = "trb_buzzers_0123456789abcdef";
    private static final List<String> CLASSES =
            List.of(
                    "BuzzerChannel",
                    "ShyBuzzerChannel",
                    "BuzzerAccount",
                    "BuzzerSession",
                    "TowerAccount",
                    "TowerConnection");

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AutoCloseable node;
    private final Supplier<URI> url;
    private final Supplier<URI> pages;

    private BuzzerMember(AutoCloseable node, Supplier<URI> url, Supplier<URI> pages) {
        this.node = node;
        this.url = url;
        this.pages = pages;
    }

    /// Starts one, or starts one again, on the same folder.
    static BuzzerMember start(Path folder) throws Exception {
        return start(folder, Map.of());
    }

    /// Starts one whose environment says something more.
    static BuzzerMember start(Path folder, Map<String, String> more) throws Exception {
        return start(folder, null, more);
    }

    /// Starts one that has a configuration file.
    static BuzzerMember start(Path folder, @Nullable Path file, Map<String, String> more)
            throws Exception {
        return start(folder, file, more, InstantSource.system());
    }

    /// Starts one on a machine with another clock.
    static BuzzerMember start(
            Path folder, @Nullable Path file, Map<String, String> more, InstantSource clock)
            throws Exception {
        Map<String, String> environment = environment(folder, more);
        Node node =
                Node.start(Configuration.load(file, environment), environment, (_, _) -> {}, clock);
        return new BuzzerMember(node, node::url, node::pages);
    }

    /// One that runs already, with this member's token and plugins.
    static BuzzerMember of(SteadyNode node) {
        return new BuzzerMember(node, node::url, node::url);
    }

    /// Has the plugin lie there.
    static Map<String, String> environment(Path folder, Map<String, String> more)
            throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        if (!Files.exists(plugins.resolve("buzzer.jar"))) {
            jar().write(plugins, "buzzer.jar");
        }
        Map<String, String> usual =
                Map.of(
                        "TRIBUTARY_ADMIN_TOKEN",
                        TOKEN,
                        "TRIBUTARY_HTTP_PORT",
                        "0",
                        "TRIBUTARY_HTTP_PAGES_PORT",
                        "0",
                        "TRIBUTARY_OUTBOUND_TIME_TO_LIVE",
                        "1h",
                        "TRIBUTARY_DATA",
                        folder.resolve("data").toString(),
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                        "true",
                        "TRIBUTARY_PLUGINS_FOLDER",
                        plugins.toString());
        Map<String, String> environment = new HashMap<>(usual);
        if (Boolean.getBoolean("tributary.tests.postgres")) {
            PostgresAddress database =
                    DATABASES.computeIfAbsent(folder, _ -> TestServer.database());
            environment.put("TRIBUTARY_LOG_DATABASE_URL", database.url());
            environment.put("TRIBUTARY_LOG_DATABASE_USER", database.user());
        }
        environment.putAll(more);
        return environment;
    }

    /// The plugin's jar.
    static PluginJar jar() throws IOException {
        PluginJar jar =
                PluginJar.of("buzzer-plugin", "1.0.0")
                        .manifest("Tributary-Entitlements", "connections devices pages sockets")
                        .manifest("Tributary-Identities", "buzzer")
                        .provides(BuzzerChannel.class.getName())
                        .provides(ShyBuzzerChannel.class.getName());
        String room = BuzzerChannel.class.getPackageName().replace('.', '/');
        for (String name : CLASSES) {
            String entry = room + "/" + name + ".class";
            try (InputStream code = BuzzerMember.class.getResourceAsStream("/" + entry)) {
                jar.entry(entry, Objects.requireNonNull(code, entry).readAllBytes());
            }
        }
        return jar;
    }

    URI url() {
        return url.get();
    }

    HttpClient http() {
        return http;
    }

    /// Where devices connect.
    String connect(String account) {
        return "ws"
                + url().toString().substring("http".length())
                + "/channels/"
                + account
                + "/connect";
    }

    /// Puts an account, or changes it: it is opened anew then.
    ///
    /// @param config members of the settings as JSON
    void account(String id, String channel, String config) {
        var answer =
                send(
                        "PUT",
                        "/admin/v1/accounts/" + id,
                        "{\"channel\":\"%s\",\"config\":{%s}}".formatted(channel, config));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.body());
        }
    }

    void removeAccount(String id) {
        send("DELETE", "/admin/v1/accounts/" + id, null);
    }

    /// The account's health, as operators see it.
    String health(String id) {
        return json.readTree(send("GET", "/admin/v1/accounts/" + id, null).body())
                .path("health")
                .toString();
    }

    /// All there is in the log, oldest first: `INBOUND ada hello`.
    List<String> log() {
        List<String> all = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page =
                    json.readTree(send("GET", "/v1/interactions?limit=500" + after, null).body());
            page.path("items").forEach(event -> all.add(line(event.path("data"))));
            if (page.path("items").size() < 500) {
                return all;
            }
            after = "&after=" + page.path("next").asString();
        }
    }

    private static String line(JsonNode interaction) {
        JsonNode part = interaction.path("parts").path(0);
        String text = part.path("text").asString("");
        return interaction.path("direction").asString("").toUpperCase(java.util.Locale.ROOT)
                + " "
                + interaction.path("address").asString("")
                + " "
                + (text.isEmpty()
                        ? part.path("type").asString("") + part.path("status").asString("")
                        : text);
    }

    /// The conversation that is open with an address.
    String conversation(String account, String address) {
        JsonNode page =
                json.readTree(
                        send("GET", "/v1/conversations?account=" + account + "&open=true", null)
                                .body());
        for (JsonNode each : page.path("items")) {
            if (each.path("address").asString("").equals(address)) {
                return each.path("id").asString("");
            }
        }
        throw new IllegalStateException("no conversation with " + address + ": " + page);
    }

    /// An agent answers.
    void reply(String conversation, String text) {
        var answer =
                send(
                        "POST",
                        "/v1/conversations/" + conversation + "/interactions",
                        "{\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.body());
        }
    }

    /// An agent writes to somebody who has not written.
    void write(String account, String address, String text) {
        var answer =
                send(
                        "POST",
                        "/v1/conversations",
                        "{\"account\":\"%s\",\"address\":\"%s\",\"line\":\"desk\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
                                .formatted(account, address, text));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.body());
        }
    }

    void note(String conversation, String text) {
        send(
                "POST",
                "/v1/conversations/" + conversation + "/interactions",
                "{\"parts\":[{\"type\":\"note\",\"text\":\"" + text + "\"}]}");
    }

    void closeConversation(String conversation) {
        send("POST", "/v1/conversations/" + conversation + "/close", "{}");
    }

    void typing(String conversation) {
        send("POST", "/v1/conversations/" + conversation + "/signals", "{\"kind\":\"typing\"}");
    }

    URI pages() {
        return pages.get();
    }

    /// Asks with another token.
    HttpResponse<String> as(String token, String path) {
        return send(token, "GET", path, null);
    }

    HttpResponse<String> send(String method, String path, String body) {
        return send(TOKEN, method, path, body);
    }

    private HttpResponse<String> send(String token, String method, String path, String body) {
        try {
            var request =
                    HttpRequest.newBuilder(url().resolve(path))
                            .header("Authorization", "Bearer " + token);
            if (body == null) {
                request.method(method, BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
            }
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        try {
            node.close();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        http.shutdownNow();
    }
}
