package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Target;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.Stored;
import io.tributary.twilio.Doorway;
import io.tributary.twilio.simulator.Course;
import io.tributary.twilio.simulator.Fault;
import io.tributary.twilio.simulator.Options;
import io.tributary.twilio.simulator.Simulator;
import io.tributary.twilio.simulator.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The channel and a stand-in for Twilio that keeps Twilio's rules, over real HTTP both ways.
class SimulatedTwilioTest {

    private FakeHost host;
    private Doorway door;
    private Simulator twilio;
    private HostedAccount account;

    @BeforeEach
    void start() throws Exception {
        host = new FakeHost();
        door = new Doorway();
        start(new Options());
    }

    private void start(Options options) throws Exception {
        twilio =
                Simulator.start(
                        options.account(Signed.ACCOUNT, Sample.TOKEN)
                                .webhook(door.url())
                                .course(Course.DELIVERED.every(Duration.ofMillis(5))));
        var settings = Sample.settings(twilio.url()).with("publicUrl", door.url().toString());
        account = host.open(new TwilioChannel(), settings);
        door.leadsTo(account);
    }

    @AfterEach
    void stop() {
        account.close();
        twilio.close();
        door.close();
        assertThat(host.deadLetters()).isEmpty();
        assertThat(host.violations()).isEmpty();
        host.close();
    }

    @Test
    @DisplayName("a text comes in, a reply goes out, its receipts come back about the send")
    void conversation() throws Exception {
        assertThat(twilio.text(Sample.CUSTOMER, Sample.LINE, "Is it ready? 👋").taken()).isTrue();
        assertThat(contents()).containsExactly(Content.text("Is it ready? 👋"));

        var result = send("It is.");

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(twilio.sent())
                .singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("It is."));
        awaitReceipts(Receipt.Status.ACCEPTED, Receipt.Status.SENT, Receipt.Status.DELIVERED);
        assertThat(host.stored().subList(1, 4))
                .allSatisfy(receipt ->
                        assertThat(receipt.inbound().target())
                                .isEqualTo(Target.external(Sample.KEY)));
        assertThat(twilio.alerts()).isEmpty();
    }

    @Test
    @DisplayName("by GET it is the same")
    void byGet() throws Exception {
        account.close();
        twilio.close();
        start(new Options().byGet(true));

        assertThat(twilio.text(Sample.CUSTOMER, Sample.LINE, "a+b & c=%").taken()).isTrue();

        assertThat(contents()).containsExactly(Content.text("a+b & c=%"));
        assertThat(twilio.alerts()).isEmpty();
    }

    @Test
    @DisplayName("a webhook that Twilio repeats is one message")
    void repeated() throws Exception {
        var first = twilio.text(Sample.CUSTOMER, Sample.LINE, "once");

        assertThat(twilio.repeat(first.sid()).taken()).isTrue();
        assertThat(contents()).containsExactly(Content.text("once"));
    }

    @Test
    @DisplayName("what could not be stored is not acknowledged, and comes again")
    void notStored() throws Exception {
        twilio.webhook(URI.create(door.url() + "#rc=3&rp=5xx"));
        host.storeUnavailable(true);
        var lost = twilio.text(Sample.CUSTOMER, Sample.LINE, "wait");
        assertThat(lost.attempts()).hasSize(4).allMatch(attempt -> attempt.status() == 503);

        host.storeUnavailable(false);
        assertThat(twilio.repeat(lost.sid()).taken()).isTrue();
        assertThat(contents()).containsExactly(Content.text("wait"));
    }

    @Test
    @DisplayName("receipts late, doubled and backwards are each kept once")
    void disorderedReceipts() {
        twilio.course(
                Course.DELIVERED.reversed().doubled().beginningEarly().every(Duration.ofMillis(2)));

        send("hello");

        awaitReceipts(Receipt.Status.DELIVERED, Receipt.Status.SENT, Receipt.Status.ACCEPTED);
    }

    @Test
    @DisplayName("a failure tells its reason")
    void failure() {
        twilio.course(Course.failing(Status.UNDELIVERED, 30006).every(Duration.ofMillis(2)));

        send("hello");

        Awaitility.await().until(() -> host.stored().size() == 3);
        var failed = (Receipt) host.stored().getLast().inbound().content();
        assertThat(failed.status()).isEqualTo(Receipt.Status.FAILED);
        assertThat(Objects.requireNonNull(failed.reason()).code()).isEqualTo("30006");
    }

    @Test
    @DisplayName("a send whose answer was lost is unknown, and its receipts still name it")
    void lostAnswer() {
        twilio.faults().onSend(new Fault.CutAfter());

        assertThat(send("hello")).isInstanceOf(SendResult.Unknown.class);

        assertThat(twilio.sent()).hasSize(1);
        awaitReceipts(Receipt.Status.ACCEPTED, Receipt.Status.SENT, Receipt.Status.DELIVERED);
        assertThat(host.stored())
                .allSatisfy(receipt ->
                        assertThat(receipt.inbound().target())
                                .isEqualTo(Target.external(Sample.KEY)));
    }

    @Test
    @DisplayName("where no receipt comes, a look-up finds what was sent, and nothing else")
    void lookUp() {
        twilio.course(Course.SILENT);
        host.advance(Duration.between(host.clock().instant(), Instant.now()));
        var message = Sample.message(host.clock().instant(), Content.text("hello"));
        assertThat(account.lookUp(message)).isInstanceOf(SendResult.Unknown.class);

        twilio.faults().onSend(new Fault.CutWithin());
        assertThat(account.send(message)).isInstanceOf(SendResult.Unknown.class);

        var sid = twilio.sent().getFirst().sid();
        assertThat(account.lookUp(message)).isEqualTo(SendResult.accepted(sid));
        assertThat(twilio.sent()).hasSize(1);
    }

    @Test
    @DisplayName("what Twilio took before it failed is not sent again, and is found")
    void tookAndFailed() {
        host.advance(Duration.between(host.clock().instant(), Instant.now()));
        var message = Sample.message(host.clock().instant(), Content.text("hello"));
        twilio.faults()
                .onSend(new Fault.Garbled(500, "{\"code\":20500,\"status\":500}"), Fault.broken());

        assertThat(account.send(message)).isInstanceOf(SendResult.Unknown.class);
        var sid = twilio.sent().getFirst().sid();
        assertThat(account.lookUp(message)).isEqualTo(SendResult.accepted(sid));

        assertThat(send("not taken")).isInstanceOf(SendResult.Unknown.class);
        assertThat(twilio.sent()).hasSize(1);
    }

    @Test
    @DisplayName("what Twilio did not take is tried again, and goes out once")
    void throttled() {
        twilio.faults()
                .onSend(
                        new Fault.Throttled(Duration.ofSeconds(3)),
                        new Fault.Refused(503, 20503, "Service Unavailable"));

        assertThat(send("hello"))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(3)));
        assertThat(send("hello")).isInstanceOf(SendResult.Retry.class);
        assertThat(send("hello")).isInstanceOf(SendResult.Accepted.class);
        assertThat(twilio.sent()).hasSize(1);
    }

    @Test
    @DisplayName("STOP is the customer's will, and Twilio's; START takes it back")
    void optOut() throws Exception {
        twilio.text(Sample.CUSTOMER, Sample.LINE, "STOP");
        assertThat(contents())
                .containsExactly(Content.text("STOP"), new Content.Consent("messages", false));
        assertThat(send("hello")).isInstanceOf(SendResult.RecipientGone.class);

        twilio.text(Sample.CUSTOMER, Sample.LINE, "START");
        assertThat(contents()).endsWith(new Content.Consent("messages", true));
        assertThat(send("hello")).isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    @DisplayName("a picture can be downloaded with what locate() says")
    void picture() throws Exception {
        var bytes = "a picture".getBytes(StandardCharsets.UTF_8);
        twilio.picture(Sample.CUSTOMER, Sample.LINE, "look", "image/png", bytes);

        var part = host.stored().getFirst().inbound().parts().get(1);
        var where = ((FetchesMedia) account.account()).locate(Objects.requireNonNull(part.fetch()));
        try (var http =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
            var request = HttpRequest.newBuilder(where.uri());
            where.headers().forEach(request::header);
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("a picture");
        }
    }

    @Test
    @DisplayName("the account is healthy, and says so when its token is not")
    void health() throws Exception {
        assertThat(((ChecksHealth) account.account()).check()).isEqualTo(Health.up());

        account.close();
        account =
                host.open(
                        new TwilioChannel(),
                        Sample.settings(twilio.url())
                                .without("authToken")
                                .withSecret("authToken", "replaced"));
        door.leadsTo(account);

        assertThat(((ChecksHealth) account.account()).check().state())
                .isEqualTo(Health.State.STOPPED);
        assertThat(send("hello")).isInstanceOf(SendResult.AccountStopped.class);
        assertThat(twilio.text(Sample.CUSTOMER, Sample.LINE, "forged?").status()).isEqualTo(401);
        assertThat(host.stored()).isEmpty();
    }

    private SendResult send(String text) {
        return account.send(Sample.message(host.clock().instant(), Content.text(text)));
    }

    private void awaitReceipts(Receipt.Status... statuses) {
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(
                                        host.stored().stream()
                                                .map(Stored::inbound)
                                                .map(inbound -> inbound.content())
                                                .filter(Receipt.class::isInstance)
                                                .map(content -> ((Receipt) content).status()))
                                .containsExactly(statuses));
    }

    private List<Content> contents() {
        return host.stored().stream()
                .flatMap(stored -> stored.inbound().parts().stream())
                .map(part -> part.content())
                .filter(content -> !(content instanceof Receipt))
                .toList();
    }
}
