package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A member of Tributary with one SMS account.
final class Member implements AutoCloseable {

    static final String TOKEN = "trb_benchmark_0123456789abcdef0123456789abcdef";

    private static final JsonMapper JSON = new JsonMapper();

    private final Server server;
    private final Closing closing;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// How it is ended.
    @FunctionalInterface
    interface Closing {
        void close() throws IOException;
    }

    private Member(Server server, Closing closing) {
        this.server = server;
        this.closing = closing;
    }

    /// Starts the distribution.
    static Member start(Launcher launcher, Path folder) throws IOException, InterruptedException {
        return start(launcher, folder, Map.of());
    }

    /// @param settings more of the environment
    static Member start(Launcher launcher, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        Server server = serve(launcher, folder, settings);
        return at(server, server::close);
    }

    /// Its process alone, with whatever accounts its log has.
    static Server serve(Launcher launcher, Path folder, Map<String, String> settings)
            throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("TRIBUTARY_ADMIN_TOKEN", TOKEN);
        environment.put("TRIBUTARY_JAVA_HOME", System.getProperty("java.home"));
        environment.put("TRIBUTARY_EGRESS_ALLOW", "127.0.0.0/8");
        return Server.start(
                folder.resolve("member.log"),
                environment,
                List.of(
                        launcher.file().toString(),
                        "serve",
                        "--data",
                        folder.resolve("data").toString(),
                        "--http-port",
                        "0"));
    }

    /// One that runs already; gives it its account.
    static Member at(Server server, Closing closing) throws IOException, InterruptedException {
        Member member = new Member(server, closing);
        try {
            member.configure();
            return member;
        } catch (IOException | InterruptedException failure) {
            member.close();
            throw failure;
        }
    }

    /// One that runs already and has its accounts.
    static Member of(Server server) {
        return new Member(server, server::close);
    }

    private void configure() throws IOException, InterruptedException {
        String body =
                """
                {"channel": "sms-twilio",
                 "config": {"accountSid": "%s", "from": "%s", "publicUrl": "%s", "apiBase": "http://127.0.0.1:9"},
                 "secrets": {"authToken": "%s"}}\
                """
                        .formatted(
                                Webhooks.ACCOUNT_SID,
                                Webhooks.NUMBER,
                                server.url(),
                                Webhooks.AUTH_TOKEN);
        account("bench", body);
    }

    /// Another account.
    void account(String id, String body) throws IOException, InterruptedException {
        told(
                request("/admin/v1/accounts/" + id)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build());
    }

    /// Takes a plugin up, and waits until it serves.
    void install(Path jar) throws IOException, InterruptedException {
        told(
                request("/admin/v1/plugins")
                        .header("Content-Type", "application/java-archive")
                        .POST(BodyPublishers.ofFile(jar))
                        .build());
    }

    JsonNode plugin(String id) throws IOException, InterruptedException {
        return told(request("/admin/v1/plugins/" + id).build());
    }

    /// How many plugins serve.
    int serving() throws IOException, InterruptedException {
        int serving = 0;
        for (JsonNode each : told(request("/admin/v1/plugins").build()).path("items")) {
            serving += each.path("health").stringValue("").equals("serving") ? 1 : 0;
        }
        return serving;
    }

    /// The sum of its figures whose lines begin so, such as `tributary_grid_bytes_total`.
    double figure(String start) throws IOException, InterruptedException {
        var answer = http.send(request("/metrics").build(), BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new IOException("/metrics answered " + answer.statusCode());
        }
        return answer.body()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// What a webhook of an account is answered.
    int post(String account, String body) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(webhook(account))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    URI webhook() {
        return webhook("bench");
    }

    URI webhook(String account) {
        return server.url().resolve("/channels/" + account + "/webhook");
    }

    Server server() {
        return server;
    }

    /// How many interactions were ever stored.
    long head() throws IOException, InterruptedException {
        JsonNode newest = told(request("/v1/interactions?last=1").build()).path("items").path(0);
        return newest.path("data").path("position").longValue(0);
    }

    /// The ids of all conversations.
    List<String> conversations() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = told(request("/v1/conversations?limit=1000" + before).build());
            for (JsonNode each : page.path("items")) {
                ids.add(each.path("id").stringValue());
            }
            String next = page.path("next").stringValue("");
            before = next.isEmpty() ? "" : "&before=" + next;
        } while (!before.isEmpty());
        return ids;
    }

    /// A request as it goes over the wire.
    byte[] get(String path) {
        return ("GET "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + server.url().getAuthority()
                        + "\r\nAccept: application/json\r\nAuthorization: Bearer "
                        + TOKEN
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private JsonNode told(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.url().resolve(path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    @Override
    public void close() throws IOException {
        http.shutdownNow();
        closing.close();
    }
}
