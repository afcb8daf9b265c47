package io.tributary.voice.twilio.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.tributary.twilio.simulator.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Lets anybody on this machine call the company: a form with `From` and `To`.
final class RingDoor implements HttpHandler {

    private final VoiceSimulator simulator;

    RingDoor(VoiceSimulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var form = Form.decode(body);
            if (form.first("From").isEmpty() || form.first("To").isEmpty()) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            var ring = simulator.ring(form.first("From"), form.first("To"), Map.of());
            var answer = ring.sid().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
