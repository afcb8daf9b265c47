package io.tributary.twilio.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WebhooksTest {

    private Company company;
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        company = new Company();
        open(new Options());
    }

    private void open(Options options) throws IOException {
        simulator =
                Simulator.start(
                        options.webhook(company.url("/sms?store=7"))
                                .course(Course.DELIVERED.every(Duration.ofMillis(5))));
        client = new Client(simulator);
    }

    private void restart(Options options) throws IOException {
        client.close();
        simulator.close();
        open(options);
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
        company.close();
    }

    @Test
    @DisplayName("a customer's text reaches the webhook signed, with unknown fields and empty ones")
    void tellsOfTexts() throws Exception {
        var webhook =
                simulator.text(
                        Client.CUSTOMER, Client.LINE, "héllo & 👍 ", Map.of("NewField", "1"));

        assertThat(webhook.taken()).isTrue();
        var call = company.received().getFirst();
        assertThat(call.form().first("Body")).isEqualTo("héllo & 👍 ");
        assertThat(call.form().first("NumMedia")).isEqualTo("0");
        assertThat(call.form().first("SmsStatus")).isEqualTo("received");
        assertThat(call.form().all("ToCity")).containsExactly("");
        assertThat(call.form().first("NewField")).isEqualTo("1");
        assertThat(call.signature())
                .isEqualTo(
                        Signature.of(
                                simulator.options().authToken(),
                                company.url("/sms?store=7"),
                                call.form()));
        assertThat(simulator.alerts()).isEmpty();
    }

    @Test
    @DisplayName("by GET the fields are in the query, and the whole address is signed")
    void tellsByGet() throws Exception {
        restart(new Options().byGet(true));

        simulator.text(Client.CUSTOMER, Client.LINE, "a b");

        var call = company.received().getFirst();
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.target()).startsWith("/sms?store=7&").contains("Body=a+b");
        assertThat(call.signature())
                .isEqualTo(
                        Signature.of(
                                simulator.options().authToken(),
                                company.url(call.target()),
                                Form.EMPTY));
    }

    @Test
    @DisplayName("a 503 is not repeated by default, and is with #rc=2&rp=5xx under the same token")
    void repeatsByTheFragment() throws Exception {
        company.answers(503);
        assertThat(simulator.text(Client.CUSTOMER, Client.LINE, "1").attempts()).hasSize(1);
        assertThat(simulator.alerts()).anyMatch(alert -> alert.startsWith("11200"));

        simulator.webhook(URI.create(company.url("/sms") + "#rc=2&rp=5xx"));
        company.answers(503, 500);
        var webhook = simulator.text(Client.CUSTOMER, Client.LINE, "2");

        assertThat(webhook.attempts()).hasSize(3);
        assertThat(webhook.taken()).isTrue();
        assertThat(company.received().subList(1, 4))
                .allMatch(call -> call.token().equals(webhook.idempotencyToken()));
    }

    @Test
    @DisplayName("a refused connection is repeated once by default, an unanswered request is not")
    void repeatsConnects() throws Exception {
        company.answers(0);
        assertThat(simulator.text(Client.CUSTOMER, Client.LINE, "1").attempts()).hasSize(1);

        URI gone;
        try (var closed = new Company()) {
            gone = closed.url("/");
        }
        simulator.webhook(gone);
        assertThat(simulator.text(Client.CUSTOMER, Client.LINE, "2").attempts()).hasSize(2);
        assertThat(simulator.messages().getLast().webhook()).isEqualTo(Message.UNANSWERED);
    }

    @Test
    @DisplayName("an answer that is no TwiML raises 12300")
    void warnsOfTypes() throws Exception {
        company.typed("application/json");

        simulator.text(Client.CUSTOMER, Client.LINE, "1");

        assertThat(simulator.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert).startsWith("12300"));
    }

    @Test
    @DisplayName("status callbacks come in the order of the course; the message only advances")
    void callsBack() throws Exception {
        simulator.course(Course.DELIVERED.reversed().doubled().every(Duration.ofMillis(1)));
        sendWithCallback("one");

        Awaitility.await().until(() -> company.received().size() == 6);
        assertThat(company.statuses())
                .containsExactly("delivered", "delivered", "sent", "sent", "queued", "queued");
        assertThat(simulator.sent().getFirst().status()).isEqualTo(Status.DELIVERED);
    }

    @Test
    @DisplayName("an early callback is over before the API answers")
    void callsBackEarly() throws Exception {
        simulator.course(Course.of(Status.SENT).beginningEarly().then(Status.UNDELIVERED, 30006));

        sendWithCallback("one");

        assertThat(company.statuses()).startsWith("sent");
        Awaitility.await().until(() -> company.received().size() == 2);
        assertThat(company.received().getLast().form().first("ErrorCode")).isEqualTo("30006");
    }

    @Test
    @DisplayName("after STOP the API refuses with 21610, after START it takes again")
    void keepsOptOuts() throws Exception {
        simulator.text(Client.CUSTOMER, Client.LINE, " Stop ");
        assertThat(company.received().getLast().form().first("OptOutType")).isEqualTo("STOP");
        assertThat(client.text("hi").body()).startsWith("{\"code\":21610,");
        assertThat(simulator.messages().stream().map(Message::origin))
                .contains(Message.Origin.TWILIO);

        simulator.text(Client.CUSTOMER, Client.LINE, "START");
        assertThat(client.text("hi").statusCode()).isEqualTo(201);

        simulator.text(Client.CUSTOMER, Client.LINE, "please stop");
        assertThat(company.received().getLast().form().all("OptOutType")).isEmpty();
    }

    @Test
    @DisplayName("without Advanced Opt-Out STOP works and is not told")
    void optOutsUntold() throws Exception {
        restart(new Options().advancedOptOut(false));

        simulator.text(Client.CUSTOMER, Client.LINE, "STOP");

        assertThat(company.received().getLast().form().all("OptOutType")).isEmpty();
        assertThat(client.text("hi").body()).startsWith("{\"code\":21610,");
    }

    @Test
    @DisplayName("a picture is announced by its address, which answers by a redirect")
    void announcesMedia() throws Exception {
        var bytes = "no real picture".getBytes(StandardCharsets.UTF_8);
        simulator.picture(Client.CUSTOMER, Client.LINE, "", "image/png", bytes);

        var form = company.received().getFirst().form();
        assertThat(form.first("MessageSid")).startsWith("MM");
        assertThat(form.first("MediaContentType0")).isEqualTo("image/png");
        var path = form.first("MediaUrl0").substring(form.first("MediaUrl0").indexOf("/Messages"));
        var redirect = client.get(path);
        assertThat(redirect.statusCode()).isEqualTo(307);
        var location = redirect.headers().firstValue("Location").orElseThrow();
        var medium = client.plain(HttpRequest.newBuilder(URI.create(simulator.url() + location)));
        assertThat(medium.body()).isEqualTo("no real picture");

        restart(new Options().redirectsMedia(false));
        simulator.picture(Client.CUSTOMER, Client.LINE, "", "image/png", bytes);
        var direct = company.received().getLast().form().first("MediaUrl0");
        assertThat(client.get(direct.substring(direct.indexOf("/Messages"))).body())
                .isEqualTo("no real picture");
    }

    private void sendWithCallback(String body) throws IOException, InterruptedException {
        var answer =
                client.send(
                        "To",
                        Client.CUSTOMER,
                        "From",
                        Client.LINE,
                        "Body",
                        body,
                        "StatusCallback",
                        company.url("/status") + "#rc=5&rp=all");
        assertThat(answer.statusCode()).isEqualTo(201);
    }
}
