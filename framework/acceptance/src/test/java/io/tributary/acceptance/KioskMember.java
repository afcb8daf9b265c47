package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A member to which an operator has added the kiosks while it ran, and what an agent's app asks of
/// it.
final class KioskMember implements AutoCloseable {

    private static final Path TARGET = Path.of("../../plugins/kiosk/target");
    private static final Pattern OPEN = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private final Path folder;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();
    private Member member;

    private KioskMember(Path folder, Map<String, String> environment, Member member) {
        this.folder = folder;
        this.environment = environment;
        this.member = member;
    }

    /// With a place for its pages that it has again when it comes back.
    static KioskMember start(Path folder) throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var environment =
                Map.of(
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                        "true",
                        "TRIBUTARY_HTTP_PAGES_PORT",
                        Integer.toString(port));
        var member = Member.start(Distribution.BUILT, folder, environment);
        var started = new KioskMember(folder, environment, member);
        try {
            started.addPlugin();
        } catch (Exception | AssertionError failure) {
            started.close();
            throw failure;
        }
        return started;
    }

    private void addPlugin() throws Exception {
        var added =
                Distribution.BUILT.run(
                        Map.of(
                                "TRIBUTARY_URL",
                                member.url().toString(),
                                "TRIBUTARY_TOKEN",
                                Member.TOKEN),
                        "plugin",
                        "add",
                        jar().toString());
        assertThat(added.exit()).as(added.out() + added.err()).isZero();
    }

    private static Path jar() throws IOException {
        try (var files = Files.list(TARGET)) {
            return files.filter(
                            each -> each.getFileName().toString().matches("kiosk-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// Puts the account.
    void connect(String body) throws Exception {
        member.connect("kiosk", body);
    }

    AgentApp agent() throws Exception {
        return AgentApp.of(member);
    }

    void stop() throws InterruptedException {
        member.stop();
    }

    /// Comes back at the same place.
    ///
    /// @param port that it had
    void startAgain(int port) throws IOException {
        member = Member.start(Distribution.BUILT, folder, port, environment);
    }

    int port() throws IOException {
        return member.url().getPort();
    }

    /// The agents' desk, signed in.
    String desk() throws IOException {
        return member.url() + "/desk/#token=" + Member.TOKEN + "&agent=a-7&name=Maria";
    }

    /// The newest that is open; empty: none is.
    String conversation() throws Exception {
        var open = api("GET", "/v1/conversations?account=kiosk&open=true", null).body();
        Matcher found = OPEN.matcher(open);
        return found.find() ? found.group(1) : "";
    }

    /// The first 500 of it.
    String log(String conversation) throws Exception {
        return api("GET", "/v1/interactions?limit=500&conversation=" + conversation, null).body();
    }

    void reply(String conversation, String part) throws Exception {
        var answer = replied(conversation, "{\"parts\": [" + part + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    HttpResponse<String> replied(String conversation, String body) throws Exception {
        return api("POST", "/v1/conversations/" + conversation + "/interactions", body);
    }

    /// @param body null: none
    HttpResponse<String> api(String method, String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(member.url().resolve(path))
                        .header("Authorization", "Bearer " + Member.TOKEN)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() throws InterruptedException {
        http.shutdownNow();
        member.close();
    }
}
