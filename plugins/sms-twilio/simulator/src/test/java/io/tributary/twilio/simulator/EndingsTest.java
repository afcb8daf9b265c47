package io.tributary.twilio.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Answers that end late or never, faults by chance, and what is remembered of requests.
class EndingsTest {

    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(new Options().course(Course.SILENT));
        client = new Client(simulator);
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    @DisplayName("a dripping answer is whole in the end, and the message was taken before")
    void drips() throws Exception {
        simulator.faults().onSend(new Fault.Dripping(Duration.ofNanos(1)));

        assertThat(client.text("hi").body()).startsWith("{").endsWith("}");
        assertThat(simulator.sent()).hasSize(1);
    }

    @Test
    @DisplayName("an endless answer goes on until nobody listens, and the request is over then")
    void neverEnds() throws Exception {
        simulator.faults().onSend(new Fault.Endless());
        var credentials = simulator.options().accountSid() + ':' + simulator.options().authToken();
        var request =
                HttpRequest.newBuilder(messages())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        credentials.getBytes(
                                                                StandardCharsets.UTF_8)))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "To=%2B15551230001&From=%2B15005550006&Body=hi"))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            try (var endless = http.send(request, BodyHandlers.ofInputStream()).body()) {
                assertThat(endless.readNBytes(100_000)).hasSize(100_000);
                assertThat(simulator.submissions()).isEmpty();
                assertThat(simulator.begun()).hasSize(1);
            }
            http.shutdownNow();
        }

        await().untilAsserted(() -> assertThat(simulator.submissions()).hasSize(1));
        assertThat(simulator.sent()).hasSize(1);
    }

    private URI messages() {
        return simulator
                .url()
                .resolve(
                        "/2010-04-01/Accounts/"
                                + simulator.options().accountSid()
                                + "/Messages.json");
    }

    @Test
    @DisplayName("where nothing is scripted each request and each message is asked for")
    void byChance() throws Exception {
        var asked = new AtomicInteger();
        simulator
                .faults()
                .onSend(Fault.broken())
                .onSendOtherwise(() -> asked.incrementAndGet() == 1 ? Fault.broken() : null);
        simulator.courses(() -> new Course(Course.of(Status.SENT).steps(), true));

        assertThat(client.text("1").statusCode()).isEqualTo(500);
        assertThat(client.text("2").statusCode()).isEqualTo(500);
        assertThat(client.text("3").statusCode()).isEqualTo(201);
        assertThat(asked).hasValue(2);
        assertThat(simulator.sent().getFirst().status()).isEqualTo(Status.SENT);
        // each is remembered a moment after it was answered
        await().untilAsserted(() -> assertThat(simulator.submissions()).hasSize(3));
        assertThat(simulator.submissions())
                .isSortedAccordingTo((one, other) -> Long.compare(one.began(), other.began()))
                .allSatisfy(each -> assertThat(each.ended()).isGreaterThanOrEqualTo(each.began()));
        assertThat(simulator.submissions().getLast().fault()).isNull();
    }
}
