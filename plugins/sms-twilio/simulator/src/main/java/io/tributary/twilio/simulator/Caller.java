package io.tributary.twilio.simulator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;

/// Calls webhooks: signed, with Twilio's headers, and again by Twilio's retry rules. Thread safe.
public final class Caller implements AutoCloseable {

    private final String authToken;
    private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();
    private final List<String> alerts = new CopyOnWriteArrayList<>();

    /// Signs by this token.
    public Caller(String authToken) {
        this.authToken = authToken;
    }

    /// Calls until it goes well or the rules say enough.
    public Webhook call(String sid, URI url, Form form, boolean byGet) throws InterruptedException {
        var overrides = Overrides.of(url);
        var token = UUID.randomUUID().toString();
        var request = request(url, form, byGet, token);
        var attempts = new ArrayList<Webhook.Attempt>();
        long begin = System.nanoTime();
        do {
            var left = overrides.total().minusNanos(System.nanoTime() - begin);
            if (!left.isPositive()) {
                break;
            }
            attempts.add(attempt(request, overrides, left));
        } while (attempts.size() <= overrides.retries() && overrides.repeats(attempts.getLast()));
        var webhook = new Webhook(sid, token, attempts);
        note(webhook);
        return webhook;
    }

    /// What Twilio's debugger would show: error code and message.
    public List<String> alerts() {
        return List.copyOf(alerts);
    }

    void alert(String text) {
        alerts.add(text);
    }

    private HttpRequest.Builder request(URI url, Form form, boolean byGet, String token) {
        var address = URI.create(Signature.withoutFragment(url.toString()));
        if (byGet) {
            var query = address.getRawQuery() == null ? "" : address.getRawQuery() + "&";
            var base = address.toString();
            int mark = base.indexOf('?');
            var path = mark < 0 ? base : base.substring(0, mark);
            var whole = URI.create(path + "?" + query + form.encode());
            return headers(HttpRequest.newBuilder(whole).GET(), whole, Form.EMPTY, token);
        }
        var body = HttpRequest.BodyPublishers.ofString(form.encode());
        return headers(
                HttpRequest.newBuilder(address)
                        .POST(body)
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
                address,
                form,
                token);
    }

    private HttpRequest.Builder headers(
            HttpRequest.Builder request, URI url, Form signed, String token) {
        return request.version(HttpClient.Version.HTTP_1_1)
                .header("Accept", "*/*")
                .header("User-Agent", "TwilioProxy/1.1")
                .header("I-Twilio-Idempotency-Token", token)
                .header("X-Twilio-Signature", Signature.of(authToken, url, signed));
    }

    private Webhook.Attempt attempt(HttpRequest.Builder request, Overrides overrides, Duration left)
            throws InterruptedException {
        var patience = left.compareTo(overrides.read()) < 0 ? left : overrides.read();
        try {
            var answer =
                    client(overrides.connect())
                            .send(
                                    request.timeout(patience).build(),
                                    HttpResponse.BodyHandlers.ofString());
            var type = answer.headers().firstValue("Content-Type").orElse("");
            return new Webhook.Attempt(answer.statusCode(), type, "", answer.body());
        } catch (ConnectException | HttpConnectTimeoutException | SSLException notConnected) {
            return new Webhook.Attempt(0, "", Webhook.Attempt.NOT_CONNECTED, "");
        } catch (IOException notAnswered) {
            return new Webhook.Attempt(0, "", Webhook.Attempt.NOT_ANSWERED, "");
        }
    }

    private HttpClient client(Duration connect) {
        return clients.computeIfAbsent(
                connect, time -> HttpClient.newBuilder().connectTimeout(time).build());
    }

    private void note(Webhook webhook) {
        if (!webhook.taken()) {
            alert("11200 " + webhook.sid() + ": the webhook answered " + webhook.status());
        } else if (webhook.status() != 204) {
            var type = webhook.attempts().getLast().type().toLowerCase(Locale.ROOT);
            if (!type.startsWith("text/xml")
                    && !type.startsWith("application/xml")
                    && !type.startsWith("text/plain")
                    && !type.startsWith("text/html")) {
                alert("12300 " + webhook.sid() + ": the webhook answered with " + type);
            }
        }
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
