package io.tributary.twilio.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {

    private static final String SERVICE = "MG" + "0".repeat(32);

    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        simulator =
                Simulator.start(
                        new Options()
                                .messagingService(SERVICE)
                                .course(Course.DELIVERED.every(Duration.ofMillis(5))));
        client = new Client(simulator);
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    @DisplayName("a text is taken, in Twilio's shape")
    void takesAText() throws Exception {
        var answer = client.text("héllo");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .contains("\"num_segments\":\"1\"", "\"status\":\"queued\"", "\"body\":\"héllo\"")
                .contains("\"direction\":\"outbound-api\"", "\"date_sent\":null")
                .containsPattern(
                        "\"date_created\":\"[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [0-9:]{8} \\+0000\"")
                .containsPattern("\"sid\":\"SM[0-9a-f]{32}\"");
        assertThat(simulator.sent())
                .singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("héllo"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, +15005550006, hi, 21604",
                "5551230001, +15005550006, hi, 21211",
                "+15005550001, +15005550006, hi, 21211",
                "+15005550002, +15005550006, hi, 21612",
                "+15005550003, +15005550006, hi, 21408",
                "+15005550004, +15005550006, hi, 21610",
                "+15005550009, +15005550006, hi, 21614",
                "+15551230001, -, hi, 21603",
                "+15551230001, +15551239999, hi, 21606",
                "+15551230001, +15005550001, hi, 21212",
                "+15551230001, +15005550007, hi, 21606",
                "+15551230001, +15005550008, hi, 21611",
                "+15005550006, +15005550006, hi, 21266",
                "+15551230001, +15005550006, -, 21602",
            })
    @DisplayName("what Twilio refuses is refused with Twilio's code, and nothing is taken")
    void refuses(String to, String from, String body, int code) throws Exception {
        var answer =
                client.send(
                        "To", to == null ? "" : to,
                        "From", from == null ? "" : from,
                        "Body", body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"code\":" + code + ",")
                .contains("\"more_info\":\"https://www.twilio.com/docs/errors/" + code + "\"")
                .contains("\"status\":400");
        assertThat(simulator.messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ValidityPeriod, 0, 20001",
        "ValidityPeriod, 36001, 20001",
        "ValidityPeriod, soon, 20001",
        "StatusCallback, nowhere, 21609",
        "StatusCallback, http://a_b.example.com/x, 21609",
        "MediaUrl, ftp://example.com/a.png, 21620",
        "MessagingServiceSid, MGffffffffffffffffffffffffffffffff, 21701",
    })
    @DisplayName("a wrong extra is refused with Twilio's code")
    void refusesExtras(String name, String value, int code) throws Exception {
        var answer =
                client.send("To", Client.CUSTOMER, "From", Client.LINE, "Body", "hi", name, value);

        assertThat(answer.body()).startsWith("{\"code\":" + code + ",");
        assertThat(simulator.messages()).isEmpty();
    }

    @Test
    @DisplayName("1600 characters pass, 1601 do not")
    void refusesLongTexts() throws Exception {
        assertThat(client.text("a".repeat(1600)).body()).contains("\"num_segments\":\"11\"");
        assertThat(client.text("a".repeat(1601)).body()).startsWith("{\"code\":21617,");
    }

    @Test
    @DisplayName("a wrong password, another account and JSON instead of a form are refused")
    void refusesStrangers() throws Exception {
        try (var stranger = new Client(simulator, "guess")) {
            assertThat(stranger.text("hi").statusCode()).isEqualTo(401);
            assertThat(stranger.get(".json").body()).startsWith("{\"code\":20003,");
        }
        assertThat(client.get("x.json").statusCode()).isEqualTo(401);
        assertThat(client.get("/Messages/SM0.json").body()).startsWith("{\"code\":20404,");
        assertThat(simulator.messages()).isEmpty();
    }

    @Test
    @DisplayName("a messaging service chooses the number after the answer")
    void messagingServiceChooses() throws Exception {
        var answer =
                client.send("To", Client.CUSTOMER, "MessagingServiceSid", SERVICE, "Body", "hi");

        assertThat(answer.body())
                .contains("\"from\":null", "\"status\":\"accepted\"", "\"num_segments\":\"0\"");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(simulator.sent().getFirst().from()).isEqualTo(Client.LINE));
    }

    @Test
    @DisplayName("messages are found by number and date once they were sent, newest first")
    void lists() throws Exception {
        client.text("one");
        client.text("two");
        Awaitility.await()
                .until(() ->
                        simulator.sent().stream()
                                .allMatch(message -> message.status() == Status.DELIVERED));
        simulator.course(Course.SILENT);
        client.text("three");

        assertThat(client.get("/Messages.json?To=%2B15551230001").body())
                .containsSubsequence("three", "two", "one");
        assertThat(client.get("/Messages.json?To=%2B15551230002").body())
                .contains("\"messages\":[]");
        assertThat(client.get("/Messages.json?DateSent%3E=2020-01-01").body())
                .containsSubsequence("two", "one")
                .doesNotContain("three");
        assertThat(client.get("/Messages.json?DateSent%3C=2020-01-01").body())
                .contains("\"messages\":[]");
        assertThat(client.get("/Messages.json?PageSize=1&Page=1").body())
                .contains("two", "Page=2", "Page=0")
                .doesNotContain("\"three\"");
        assertThat(client.get(".json").body()).contains("\"status\":\"active\"");
    }

    @Test
    @DisplayName("media are downloaded before a message goes out")
    void downloadsMedia() throws Exception {
        try (var company = new Company()) {
            company.typed("image/png");
            client.send(
                    "To",
                    Client.CUSTOMER,
                    "From",
                    Client.LINE,
                    "MediaUrl",
                    company.url("/cat.png").toString(),
                    "MediaUrl",
                    company.url("/dog.png").toString());

            Awaitility.await()
                    .until(() -> simulator.sent().getFirst().status() == Status.DELIVERED);
            assertThat(simulator.sent().getFirst().sid()).startsWith("MM");
            assertThat(simulator.sent().getFirst().media())
                    .hasSize(2)
                    .allSatisfy(medium -> assertThat(medium.type()).isEqualTo("image/png"));

            company.answers(404);
            client.send(
                    "To", Client.CUSTOMER,
                    "From", Client.LINE,
                    "MediaUrl", company.url("/gone.png").toString());

            Awaitility.await().until(() -> simulator.sent().getLast().status() == Status.FAILED);
            assertThat(simulator.alerts()).anyMatch(alert -> alert.startsWith("11200"));
        }
    }

    @Test
    @DisplayName("scripted faults come once each and take what they promise to take")
    void scriptedFaults() throws Exception {
        simulator
                .faults()
                .onSend(
                        new Fault.Throttled(Duration.ofSeconds(7)),
                        new Fault.Throttled(null),
                        Fault.broken(),
                        new Fault.CutBefore(),
                        new Fault.CutAfter(),
                        new Fault.CutWithin(),
                        new Fault.Garbled(201, "<html>"),
                        new Fault.Slow(Duration.ofMillis(50)));

        var throttled = client.text("1");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(client.text("2").headers().firstValue("Retry-After")).isEmpty();
        assertThat(client.text("3").body()).startsWith("{\"code\":20500,");
        assertThatThrownBy(() -> client.text("4")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.text("5")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.text("6")).isInstanceOf(IOException.class);
        assertThat(client.text("7").body()).isEqualTo("<html>");
        assertThat(client.text("8").statusCode()).isEqualTo(201);
        assertThat(client.text("9").statusCode()).isEqualTo(201);

        assertThat(simulator.sent().stream().map(Message::body))
                .containsExactly("5", "6", "7", "8", "9");
    }
}
