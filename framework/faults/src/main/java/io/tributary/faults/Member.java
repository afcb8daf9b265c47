package io.tributary.faults;

import io.tributary.bench.Server;
import io.tributary.bench.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A member in a process of its own, that can be killed and started again on the same data.
///
/// Its address changes with each start; the provider signs an address that does not.
final class Member implements AutoCloseable {

    /// What the provider believes to call.
    static final URI PUBLIC_WEBHOOK = URI.create("http://sms.example.com/channels/faults/webhook");

    private static final JsonMapper JSON = new JsonMapper();

    private final Launch launch;
    private final Server server;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    private Member(Launch launch, Server server) {
        this.launch = launch;
        this.server = server;
    }

    /// Starts one on data that knows the account.
    static Member start(Launch launch) throws IOException {
        return new Member(launch, launch.serving());
    }

    /// Starts one on new data, and gives it its account.
    static Member first(Launch launch) throws IOException, InterruptedException {
        Member member = start(launch);
        try {
            member.configure("");
            return member;
        } catch (IOException | InterruptedException failed) {
            member.close();
            throw failed;
        }
    }

    private void configure(String more) throws IOException, InterruptedException {
        configure(URI.create("http://sms.example.com"), more);
    }

    private void configure(URI publicUrl, String more) throws IOException, InterruptedException {
        String body =
                """
                {"channel": "sms-twilio",
                 "config": {"accountSid": "%s", "from": "%s", "publicUrl": "%s"%s},
                 "secrets": {"authToken": "%s"}}\
                """
                        .formatted(
                                Webhooks.ACCOUNT_SID,
                                Webhooks.NUMBER,
                                publicUrl,
                                more,
                                Webhooks.AUTH_TOKEN);
        HttpResponse<String> answer =
                http.send(
                        request("/admin/v1/accounts/faults")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("The account could not be configured: " + answer.body());
        }
    }

    /// Points the account's replies to another address than the provider's.
    void repliesGoTo(URI apiBase) throws IOException, InterruptedException {
        configure(", \"apiBase\": \"" + apiBase + "\", \"messagesPerSecond\": 1000");
    }

    /// Has the account send through a provider that calls back where the member is now, by its
    /// limits.
    void sendsThrough(URI provider, int messagesPerSecond)
            throws IOException, InterruptedException {
        configure(
                url(),
                ", \"apiBase\": \"%s\", \"messagesPerSecond\": %d"
                        .formatted(provider, messagesPerSecond));
    }

    /// The interactions that dead letters of what was to be sent are about, open or closed.
    List<String> deadLetters() throws IOException, InterruptedException {
        List<String> about = new ArrayList<>();
        String path = "/admin/v1/dead-letters?direction=outbound&open=false&limit=1000";
        for (JsonNode page = json(path);
                ;
                page = json(path + "&before=" + page.path("next").asString())) {
            page.path("items").forEach(each -> about.add(each.path("interaction").asString("")));
            if (!page.has("next")) {
                return about;
            }
        }
    }

    /// Asks for a change, and has it made.
    JsonNode change(String method, String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        request(path).header("Content-Type", type).method(method, body).build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    method
                            + " "
                            + path
                            + " answered "
                            + answer.statusCode()
                            + ": "
                            + answer.body());
        }
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    URI url() {
        return server.url();
    }

    /// Where it takes what the provider signs for [#PUBLIC_WEBHOOK].
    URI webhook() {
        return server.url().resolve(PUBLIC_WEBHOOK.getRawPath());
    }

    /// What it has logged so far, and those before it in its place.
    String logged() throws IOException {
        return launch.logged();
    }

    long pid() {
        return server.pid();
    }

    /// Asks for something as an agent app or an operator does.
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    /// One of its metrics that has no labels.
    double figure(String metric) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no metric " + metric));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /// What `/health/ready` says about the log; empty while it can serve.
    String notReady() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/health/ready");
        if (answer.statusCode() == 200) {
            return "";
        }
        StringBuilder why = new StringBuilder("not ready");
        for (JsonNode check : JSON.readTree(answer.body()).path("checks")) {
            if (check.path("status").asString("").equals("down")) {
                why.append("; ")
                        .append(check.path("name").asString(""))
                        .append(": ")
                        .append(check.path("text").asString(""));
            }
        }
        return why.toString();
    }

    /// The whole log, from the beginning of what is kept.
    List<Row> log() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        String path = "/v1/interactions?limit=1000";
        for (JsonNode page = json(path); !page.path("items").isEmpty(); ) {
            for (JsonNode event : page.path("items")) {
                rows.add(Row.of(event));
            }
            page = json(path + "&after=" + page.path("next").asString(""));
        }
        return rows;
    }

    /// The cursor of now.
    String now() throws IOException, InterruptedException {
        return json("/v1/interactions?last=0").path("next").asString("");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.url().resolve(path))
                .timeout(Duration.ofMinutes(3))
                .header("Authorization", "Bearer " + Launch.TOKEN);
    }

    /// SIGSTOP: not one instruction of it runs any more.
    void hold() {
        signal("STOP");
    }

    /// SIGCONT: it goes on as if no time had passed.
    void wake() {
        signal("CONT");
    }

    /// SIGKILL, without waiting for its end.
    void dies() {
        signal("KILL");
    }

    private void signal(String name) {
        try {
            Process sent = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
            sent.onExit().join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Whether the system holds the process still.
    boolean still() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
        // the name before it may hold anything
        return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        server.kill();
        http.shutdownNow();
    }

    /// SIGTERM.
    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
