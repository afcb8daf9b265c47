package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A member of Tributary with one SMS account, started from the distribution.
final class Member implements AutoCloseable {

    static final String TOKEN = "trb_benchmark_0123456789abcdef0123456789abcdef";

    private final Server server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Member(Server server) {
        this.server = server;
    }

    static Member start(Path project, Path folder) throws IOException, InterruptedException {
        Path launcher = project.resolve("framework/host/target/tributary/bin/tributary");
        Server server =
                Server.start(
                        folder.resolve("member.log"),
                        Map.of(
                                "TRIBUTARY_ADMIN_TOKEN",
                                TOKEN,
                                "TRIBUTARY_EGRESS_ALLOW",
                                "127.0.0.0/8"),
                        List.of(
                                launcher.toString(),
                                "serve",
                                "--data",
                                folder.resolve("data").toString(),
                                "--http-port",
                                "0"));
        Member member = new Member(server);
        member.configure();
        return member;
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
        var answer =
                http.send(
                        request("/admin/v1/accounts/bench")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("The account could not be configured: " + answer.body());
        }
    }

    URI webhook() {
        return server.url().resolve("/channels/bench/webhook");
    }

    Server server() {
        return server;
    }

    String get(String path) throws IOException, InterruptedException {
        var answer = http.send(request(path).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.url().resolve(path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    HttpClient http() {
        return http;
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
