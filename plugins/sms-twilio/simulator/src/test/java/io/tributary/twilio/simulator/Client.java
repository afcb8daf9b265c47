package io.tributary.twilio.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// A customer of Twilio's API.
final class Client implements AutoCloseable {

    static final String CUSTOMER = "+15551230001";
    static final String LINE = "+15005550006";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Simulator simulator;
    private final String password;

    Client(Simulator simulator) {
        this(simulator, simulator.options().authToken());
    }

    Client(Simulator simulator, String password) {
        this.simulator = simulator;
        this.password = password;
    }

    /// Names and values in turn.
    HttpResponse<String> send(String... fields) throws IOException, InterruptedException {
        var form = Form.EMPTY;
        for (int i = 0; i < fields.length; i += 2) {
            form = form.with(fields[i], fields[i + 1]);
        }
        return http.send(
                request("/Messages.json")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> text(String body) throws IOException, InterruptedException {
        return send("To", CUSTOMER, "From", LINE, "Body", body);
    }

    /// Reads what is behind the account's path.
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> plain(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(
                request.timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        var account = simulator.options().accountSid();
        var credentials = (account + ":" + password).getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(
                        URI.create(simulator.url() + "/2010-04-01/Accounts/" + account + path))
                .timeout(Duration.ofSeconds(10))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
