package io.tributary.sms.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.MediaId;
import io.tributary.spi.Fields;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a send when Twilio's API answers this way or that.
class OutgoingTest {

    private static final String TAKEN =
            "{\"sid\":\"SM1\",\"status\":\"queued\",\"to\":\"+15551230001\",\"num_segments\":\"1\"}";

    private static WireMockServer twilio;

    private FakeHost host;
    private HostedAccount account;

    @BeforeAll
    static void startTwilio() {
        twilio = new WireMockServer(WireMockConfiguration.wireMockConfig().dynamicPort());
        twilio.start();
    }

    @AfterAll
    static void stopTwilio() {
        twilio.stop();
    }

    @BeforeEach
    void open() throws Exception {
        twilio.resetAll();
        host = new FakeHost();
        account = host.open(new TwilioChannel(), Sample.settings(api()));
    }

    private void reopen(TestSettings settings) throws Exception {
        account.close();
        account = host.open(new TwilioChannel(), settings);
    }

    @AfterEach
    void close() {
        account.close();
        host.assertRedacted(Sample.TOKEN);
        host.close();
    }

    @Test
    @DisplayName("a text is posted with the conversation's ends, a validity and a status callback")
    void posts() {
        answer(201, TAKEN);

        var result = send(Content.text("héllo & 👍"));

        assertThat(result).isEqualTo(SendResult.accepted("SM1"));
        var call = host.calls().getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri())
                .isEqualTo(
                        URI.create(
                                api()
                                        + "/2010-04-01/Accounts/"
                                        + Signed.ACCOUNT
                                        + "/Messages.json"));
        assertThat(form().all())
                .containsExactly(
                        new Fields.Field("To", Sample.CUSTOMER),
                        new Fields.Field("From", Sample.LINE),
                        new Fields.Field("Body", "héllo & 👍"),
                        new Fields.Field("ValidityPeriod", "36000"),
                        new Fields.Field(
                                "StatusCallback",
                                FakeHost.webhookUrl("status")
                                        + "?send="
                                        + Sample.KEY
                                        + "#rc=5&rp=all"));
        assertThat(call.headers().get("authorization"))
                .singleElement()
                .satisfies(credentials -> assertThat(credentials).startsWith("Basic "));
    }

    @Test
    @DisplayName("files go along by short-lived links; a caption is the text where there is none")
    void files() {
        answer(201, TAKEN);
        var one = new MediaId(new UUID(0x7000L, 7));
        var two = new MediaId(new UUID(0x7000L, 8));

        send(
                Content.Media.stored(Content.Media.Kind.IMAGE, one, "image/png").captioned("cat"),
                Content.Media.stored(Content.Media.Kind.IMAGE, two, "image/png").captioned("dog"));

        assertThat(form().all("MediaUrl"))
                .containsExactly(
                        FakeHost.PUBLIC.resolve("/media/" + one).toString(),
                        FakeHost.PUBLIC.resolve("/media/" + two).toString());
        assertThat(form().all("Body")).containsExactly("cat\ndog");
    }

    @Test
    @DisplayName("beside a text captions are left out")
    void textAndFile() {
        answer(201, TAKEN);
        var id = new MediaId(new UUID(0x7000L, 7));

        send(
                Content.Media.stored(Content.Media.Kind.IMAGE, id, "image/png").captioned("cat"),
                Content.text("look"));

        assertThat(form().all("Body")).containsExactly("look");
    }

    @Test
    @DisplayName("what SMS cannot carry is rejected without a call")
    void otherContent() {
        assertThat(send(new Content.Reaction("👍", true))).isInstanceOf(SendResult.Rejected.class);
        assertThat(send(Content.Media.pending(Content.Media.Kind.IMAGE, "image/png")))
                .isInstanceOf(SendResult.Rejected.class);
        assertThat(host.calls()).isEmpty();
    }

    @Test
    @DisplayName("a messaging service sends by itself, or by the number the customer wrote to")
    void messagingService() throws Exception {
        reopen(Sample.serviceSettings(api()));
        answer(201, TAKEN);
        var now = host.clock().instant();

        account.send(Sample.message(Sample.SERVICE, now, Content.text("a")));
        assertThat(form().first("MessagingServiceSid")).isEqualTo(Sample.SERVICE);
        assertThat(form().first("From")).isNull();

        account.send(Sample.message("+15005550099", now, Content.text("b")));
        assertThat(form().first("MessagingServiceSid")).isEqualTo(Sample.SERVICE);
        assertThat(form().first("From")).isEqualTo("+15005550099");
    }

    @Test
    @DisplayName("Twilio gives up when the message is of no more use, or earlier if so configured")
    void validity() throws Exception {
        answer(201, TAKEN);
        var now = host.clock().instant();
        var message = Sample.message(now, Content.text("a"));

        account.send(message.expiresAt(now.plusSeconds(90)));
        assertThat(form().first("ValidityPeriod")).isEqualTo("90");
        account.send(message.expiresAt(now.minusSeconds(90)));
        assertThat(form().first("ValidityPeriod")).isEqualTo("1");
        account.send(message.expiresAt(now.plus(Duration.ofDays(3))));
        assertThat(form().first("ValidityPeriod")).isEqualTo("36000");

        reopen(Sample.settings(api()).with("validity", "4h"));
        account.send(message);
        assertThat(form().first("ValidityPeriod")).isEqualTo("14400");
    }

    @Test
    @DisplayName("the public URL is where status callbacks go")
    void callback() throws Exception {
        reopen(Sample.settings(api()).with("publicUrl", "https://sms.example.com/in"));
        answer(201, TAKEN);

        send(Content.text("a"));

        assertThat(form().first("StatusCallback"))
                .isEqualTo("https://sms.example.com/in/status?send=" + Sample.KEY + "#rc=5&rp=all");
    }

    @Test
    @DisplayName("the number that Twilio made of the address is the one really used")
    void normalizedAddress() {
        answer(201, TAKEN.replace("+15551230001", "+15551230002"));

        assertThat(send(Content.text("a")))
                .isEqualTo(SendResult.accepted("SM1").at("+15551230002"));
    }

    @Test
    @DisplayName("what an earlier attempt sent is not sent again")
    void alreadySent() {
        var sent = List.of(Sent.whole("SM1"));
        var message = Sample.message(host.clock().instant(), Content.text("a")).attempt(2, sent);

        assertThat(account.send(message)).isEqualTo(SendResult.accepted(sent));
        assertThat(host.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 20429, ACCOUNT",
        "503, 20503, ACCOUNT",
        "400, 21611, LINE",
        "429, 21611, LINE",
        "400, 30001, LINE",
        "400, 30022, LINE",
        "400, 63018, LINE",
        "400, 30008, MESSAGE",
        "400, 30017, MESSAGE",
        "400, 30410, MESSAGE",
        "429, 99999, MESSAGE",
        "503, 30008, MESSAGE",
        "503, 99999, MESSAGE",
    })
    @DisplayName("what Twilio did not take for now is tried again")
    void retries(int status, int code, Scope scope) {
        answer(status, error(code, status));

        assertThat(send(Content.text("a")))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> {
                            assertThat(retry.scope()).isEqualTo(scope);
                            assertThat(retry.reason().code()).isEqualTo(Integer.toString(code));
                        });
    }

    @Test
    @DisplayName("Retry-After says for how long, the day's limit waits for the next day")
    void retryAfter() {
        stub(
                aResponse()
                        .withStatus(429)
                        .withHeader("Retry-After", "17")
                        .withBody("{\"code\":20429}"));
        assertThat(send(Content.text("a")))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(17)));

        answer(429, "{\"code\":30023}");
        assertThat(send(Content.text("a")))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.after()).isEqualTo(Duration.ofDays(1)));

        stub(aResponse().withStatus(429).withHeader("Retry-After", "9"));
        assertThat(send(Content.text("a")))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(9)));
    }

    @ParameterizedTest
    @CsvSource({
        "400, 21211", "400, 21614", "400, 21408", "400, 21606", "400, 21608", "400, 21612",
        "400, 21617", "400, 21620", "404, 20404", "400, 30004", "400, 30005", "400, 30006",
        "400, 30007", "400, 30010", "400, 30034", "400, 63003", "400, 63016", "400, 99999",
    })
    @DisplayName("what Twilio never will take is rejected with its code and a link")
    void rejects(int status, int code) {
        answer(status, error(code, status));

        assertThat(send(Content.text("a")))
                .isInstanceOfSatisfying(
                        SendResult.Rejected.class,
                        rejected -> {
                            assertThat(rejected.reason().code()).isEqualTo(Integer.toString(code));
                            assertThat(rejected.reason().text())
                                    .contains("https://www.twilio.com/docs/errors/" + code);
                        });
    }

    @Test
    @DisplayName("21610 ends all sending to the customer")
    void optedOut() {
        answer(400, error(21610, 400));

        assertThat(send(Content.text("a")))
                .isInstanceOfSatisfying(
                        SendResult.RecipientGone.class,
                        gone -> assertThat(gone.reason().code()).isEqualTo("21610"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, 20003",
        "403, 20003",
        "401, 99999",
        "403, 20005",
        "400, 30002",
        "400, 21701",
    })
    @DisplayName("wrong credentials and a suspended account stop the account, not the message")
    void stops(int status, int code) {
        answer(status, error(code, status));

        assertThat(send(Content.text("a"))).isInstanceOf(SendResult.AccountStopped.class);
    }

    @ParameterizedTest
    @CsvSource({
        "201, '<html>'",
        "201, ''",
        "201, '{}'",
        "201, '[]'",
        "201, '{\"sid\":7}'",
        "201, '{\"sid\":\"\"}'",
        "200, 'null'",
        "201, '{\"sid\":\"SM1\"'",
        "502, '<html>'",
        "504, '<html>'",
        "500, '<html>'",
        "500, '{\"code\":20500}'",
        "500, '{\"code\":20503}'",
        "500, '{\"code\":30008}'",
        "502, '{\"code\":99999}'",
        "504, '{\"code\":20500}'",
    })
    @DisplayName("an answer that says nothing clear leaves the outcome open")
    void unclear(int status, String body) {
        answer(status, body);

        assertThat(send(Content.text("a"))).isInstanceOf(SendResult.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
    @DisplayName("a connection that breaks after the request leaves the outcome open")
    void cutAfter(Fault fault) {
        stub(aResponse().withFault(fault));

        assertThat(send(Content.text("a"))).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    @DisplayName("an answer that breaks off leaves the outcome open")
    void cutWithin() {
        stub(aResponse().withStatus(201).withBody(TAKEN).withFault(Fault.MALFORMED_RESPONSE_CHUNK));

        assertThat(send(Content.text("a"))).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    @DisplayName("an answer that comes late is an answer")
    void slow() {
        stub(aResponse().withStatus(201).withBody(TAKEN).withFixedDelay(300));

        assertThat(send(Content.text("a"))).isEqualTo(SendResult.accepted("SM1"));
    }

    @Test
    @DisplayName("a message for which no connection came about is tried again")
    void unreachable() throws Exception {
        reopen(Sample.settings(LoopbackProvider.unreachable()));

        assertThat(send(Content.text("a"))).isInstanceOf(SendResult.Retry.class);
    }

    @Test
    @DisplayName("a look-up finds the one message that fits, and how far it is")
    void looksUp() {
        answer(200, listed(entry("SM9", "a", "0", "delivered", 1)));

        assertThat(lookUp("a"))
                .isEqualTo(SendResult.accepted("SM9").reached(Receipt.Status.DELIVERED));
        assertThat(host.calls().getLast().method()).isEqualTo("GET");
        assertThat(host.calls().getLast().uri().getRawQuery())
                .isEqualTo("To=%2B15551230001&From=%2B15005550006&PageSize=50");
    }

    @Test
    @DisplayName("a look-up that finds nothing, or something else, proves nothing")
    void findsNothing() {
        for (var other :
                List.of(
                        "",
                        entry("SM9", "b", "0", "sent", 1),
                        entry("SM9", "a", "1", "sent", 1),
                        entry("SM9", "a", "0", "sent", -90),
                        entry("SM9", "a", "0", "sent", 1).replace("outbound-api", "inbound"),
                        entry("SM9", "a", "0", "sent", 1).replace(":00:", ":xx:"),
                        entry("SM8", "a", "0", "sent", 1)
                                + ","
                                + entry("SM9", "a", "0", "sent", 2))) {
            answer(200, listed(other));
            assertThat(lookUp("a")).isInstanceOf(SendResult.Unknown.class);
        }
        for (int status : List.of(200, 401, 404, 429, 500)) {
            answer(status, "<html>");
            assertThat(lookUp("a")).isInstanceOf(SendResult.Unknown.class);
        }
        stub(aResponse().withFault(Fault.EMPTY_RESPONSE));
        assertThat(lookUp("a")).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    @DisplayName("a message that was accepted by name is no other message's")
    void knowsItsOwn() {
        answer(201, TAKEN);
        send(Content.text("a"));

        answer(200, listed(entry("SM1", "a", "0", "sent", 1)));

        assertThat(lookUp("a")).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    @DisplayName("times are compared by Twilio's clock")
    void usesTwiliosClock() {
        var late = host.clock().instant().minusSeconds(3600);
        var entry = entry("SM9", "a", "0", "sent", -3599);
        stub(aResponse().withStatus(200).withBody(listed(entry)).withHeader("Date", rfc(late)));

        assertThat(lookUp("a")).isInstanceOf(SendResult.Accepted.class);
    }

    private SendResult send(Content... contents) {
        return account.send(Sample.message(host.clock().instant(), contents));
    }

    private SendResult lookUp(String text) {
        return account.lookUp(Sample.message(host.clock().instant(), Content.text(text)));
    }

    private String entry(String sid, String body, String media, String status, long seconds) {
        var created = rfc(host.clock().instant().plusSeconds(seconds));
        return "{\"sid\":\"%s\",\"body\":\"%s\",\"num_media\":\"%s\",\"status\":\"%s\",\"direction\":\"outbound-api\",\"to\":\"+15551230001\",\"date_created\":\"%s\"}"
                .formatted(sid, body, media, status, created);
    }

    private static String rfc(Instant time) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss xx", Locale.US)
                .format(time.atOffset(ZoneOffset.UTC));
    }

    private static String listed(String entries) {
        return "{\"messages\":[" + entries + "]}";
    }

    private static String error(int code, int status) {
        return "{\"code\":"
                + code
                + ",\"message\":\"x\",\"more_info\":\"y\",\"status\":"
                + status
                + "}";
    }

    private Fields form() {
        Bytes body = host.calls().getLast().body();
        return Fields.decode(body);
    }

    private static void answer(int status, String body) {
        stub(aResponse().withStatus(status).withBody(body));
    }

    private static void stub(ResponseDefinitionBuilder answer) {
        twilio.resetAll();
        twilio.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static URI api() {
        return URI.create("http://127.0.0.1:" + twilio.port());
    }
}
