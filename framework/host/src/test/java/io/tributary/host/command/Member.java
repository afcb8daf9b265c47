package io.tributary.host.command;

import io.tributary.host.Node;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.plugins.PluginJar;
import io.tributary.pager.PagerChannel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A running member with the pager in its plugins folder, and a command line before it.
public final class Member implements AutoCloseable {

    public static final String TOKEN = "trb_commands_0123456789abcdef";
    public static final String KEY = "hush-hush-0123456789";

    private final Node node;
    private final Path folder;

    private Member(Node node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    public static Member start(Path folder) throws Exception {
        return start(folder, 0);
    }

    /// Starts one, or starts one again, on the same folder.
    static Member start(Path folder, int port) throws Exception {
        Path plugins = plugins(folder);
        Map<String, String> environment =
                Map.of(
                        "TRIBUTARY_EGRESS_ALLOW",
                        "127.0.0.0/8",
                        "TRIBUTARY_ADMIN_TOKEN",
                        TOKEN,
                        "TRIBUTARY_HTTP_PORT",
                        Integer.toString(port),
                        "TRIBUTARY_HTTP_PAGES_PORT",
                        "0",
                        "TRIBUTARY_DATA",
                        folder.resolve("data").toString(),
                        "TRIBUTARY_PLUGINS_FOLDER",
                        plugins.toString(),
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                        "true");
        return new Member(Node.start(Configuration.load(null, environment), environment), folder);
    }

    /// A plugins folder with the pager in it.
    static Path plugins(Path folder) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        if (!Files.exists(plugins.resolve("pager.jar"))) {
            pager().write(plugins, "pager.jar");
        }
        return plugins;
    }

    private static PluginJar pager() throws IOException {
        PluginJar jar =
                PluginJar.of("pager-plugin", "1.0.0")
                        .provides(PagerChannel.class.getName())
                        .entry("META-INF/tributary/score-card.json", card());
        String room = PagerChannel.class.getPackageName().replace('.', '/');
        for (String name : List.of("PagerChannel", "PagerAccount")) {
            String entry = room + "/" + name + ".class";
            try (InputStream code = Member.class.getResourceAsStream("/" + entry)) {
                jar.entry(entry, Objects.requireNonNull(code).readAllBytes());
            }
        }
        return jar;
    }

    /// As if the contract had passed for other classes than those in the jar.
    private static byte[] card() {
        return """
        {"format": 1, "grade": "bronze", "channel": "pager", "spi": "0.1",
         "classes": {"packages": [], "sha256": ""},
         "checks": [{"grade": "bronze", "promise": "is honest", "result": "passed"}]}
        """
                .getBytes(StandardCharsets.UTF_8);
    }

    public URI url() {
        return node.url();
    }

    Path data() {
        return folder.resolve("data");
    }

    /// Runs a client command as the operator.
    public Said run(String... words) {
        return as(TOKEN, words);
    }

    Said as(String token, String... words) {
        return Said.by(addressed(token, words));
    }

    String[] addressed(String token, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", url().toString(), "--token", token));
        return all.toArray(String[]::new);
    }

    /// An account with the key.
    public void connect(String account) {
        Said said = run("account", "put", account, "--channel", "pager", "--secret", "key=" + KEY);
        if (said.exit() != 0) {
            throw new IllegalStateException(said.all());
        }
    }

    /// A page arrives.
    public void page(String account, String id, String from, String text) {
        taken(post(account, KEY, "id=" + id + "&from=" + form(from) + "&text=" + form(text)));
    }

    /// A page arrives that the channel cannot translate.
    public void broken(String account, String id) {
        taken(post(account, KEY, "id=" + id));
    }

    /// Somebody without the key tries.
    public void forge(String account) {
        int status = post(account, "no-key", "id=1&from=eve&text=x");
        if (status != 401) {
            throw new IllegalStateException("the forgery was answered " + status);
        }
    }

    private static void taken(int status) {
        if (status / 100 != 2) {
            throw new IllegalStateException("the page was answered " + status);
        }
    }

    private int post(String account, String key, String body) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(url().resolve("/channels/" + account + "/webhook"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("X-Key", key)
                            .POST(BodyPublishers.ofString(body))
                            .build();
            return http.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        node.close();
    }
}
