package io.tributary.voice.twilio.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.tributary.twilio.simulator.Form;
import io.tributary.twilio.simulator.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of Twilio's REST API that is about calls, with its refusals. Thread safe.
final class CallApi implements HttpHandler {

    private static final String NUMBER = "\\+[1-9][0-9]{7,14}";
    private static final String END = NUMBER + "|sips?:.+|client:.+";

    private final VoiceSimulator.Account account;
    private final VoiceSimulator simulator;
    private final Map<String, byte[]> recordings;

    CallApi(
            VoiceSimulator.Account account,
            VoiceSimulator simulator,
            Map<String, byte[]> recordings) {
        this.account = account;
        this.simulator = simulator;
        this.recordings = recordings;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!isAuthenticated(exchange)) {
                refuse(exchange, 401, 20003, "Authenticate");
                return;
            }
            var path = exchange.getRequestURI().getPath();
            var base = "/2010-04-01/Accounts/" + account.sid();
            if (path.startsWith(base)) {
                answer(exchange, path.substring(base.length()), Form.decode(body));
            } else {
                refuse(exchange, 404, 20404, "The requested resource was not found");
            }
        }
    }

    private void answer(HttpExchange exchange, String path, Form form) throws IOException {
        if (path.equals(".json")) {
            send(exchange, 200, Json.object("sid", account.sid(), "status", "active"));
        } else if (path.equals("/Calls.json")) {
            call(exchange, form);
        } else if (path.startsWith("/Calls/")) {
            one(exchange, path.substring("/Calls/".length()).replace(".json", ""), form);
        } else {
            recording(exchange, path);
        }
    }

    private void call(HttpExchange exchange, Form form) throws IOException {
        if (!form.first("To").matches(END)) {
            refuse(exchange, 400, 21211, "The phone number you are attempting to call is invalid");
        } else if (!form.first("From").matches(NUMBER)) {
            refuse(exchange, 400, 21212, "The source phone number provided is invalid");
        } else if (!isTwiml(form.first("Twiml"))) {
            refuse(exchange, 400, 12100, "Document parse failure");
        } else {
            send(exchange, 201, resource(simulator.call(form), "queued"));
        }
    }

    private static boolean isTwiml(String document) {
        try {
            Document.read(document);
            return true;
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    private void one(HttpExchange exchange, String sid, Form form) throws IOException {
        var ring = simulator.find(sid);
        if (ring == null) {
            refuse(exchange, 404, 20404, "The requested resource was not found");
        } else if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, resource(ring, ring.status()));
        } else if (ring.isOver() || ring.status().equals("completed")) {
            refuse(exchange, 400, 21220, "Call is not in-progress. Cannot redirect.");
        } else {
            simulator.note(form);
            ring.order(form.first("Twiml"));
            send(exchange, 200, resource(ring, ring.status()));
        }
    }

    private void recording(HttpExchange exchange, String path) throws IOException {
        var sid = path.replaceAll("^/Recordings/(.*)\\.mp3$", "$1");
        var bytes = recordings.get(sid);
        if (bytes == null) {
            refuse(exchange, 404, 20404, "The requested resource was not found");
        } else {
            send(exchange, 200, "audio/mpeg", bytes);
        }
    }

    private Map<String, @Nullable Object> resource(Ring ring, String status) {
        return Json.object(
                "sid",
                ring.sid(),
                "account_sid",
                account.sid(),
                "from",
                ring.from(),
                "to",
                ring.to(),
                "status",
                status,
                "direction",
                ring.direction(),
                "duration",
                null,
                "price",
                null,
                "api_version",
                "2010-04-01");
    }

    private boolean isAuthenticated(HttpExchange exchange) {
        var pair = (account.sid() + ':' + account.token()).getBytes(StandardCharsets.UTF_8);
        var expected = "Basic " + Base64.getEncoder().encodeToString(pair);
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8),
                        given.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(HttpExchange exchange, int status, int code, String message)
            throws IOException {
        send(
                exchange,
                status,
                Json.object(
                        "code", code,
                        "message", message,
                        "more_info", "https://www.twilio.com/docs/errors/" + code,
                        "status", status));
    }

    private static void send(
            HttpExchange exchange, int status, Map<String, @Nullable Object> object)
            throws IOException {
        send(
                exchange,
                status,
                "application/json",
                Json.write(object).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
