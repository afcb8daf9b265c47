package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Fields;
import io.tributary.spi.RawEvent;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReaderTest {

    @Test
    @DisplayName("a message is one event with the provider's bytes, answered by empty TwiML")
    void messages() {
        var request = Signed.post(Signed.TEXT);

        var accepted = accepted(request);

        assertThat(accepted.reply().type()).startsWith("text/xml");
        assertThat(accepted.reply().body().utf8()).isEqualTo("<Response></Response>");
        var event = event(request);
        assertThat(event.kind()).isEqualTo("message");
        assertThat(event.body()).isEqualTo(request.body());
        assertThat(event.dedupe()).isEqualTo(Dedupe.key("message SM1"));
    }

    @Test
    @DisplayName("the same message is the same whatever its token and its retry says")
    void repeatedMessages() {
        var first = Signed.post(Signed.TEXT).header("i-twilio-idempotency-token", "a");
        var again = Signed.post(Signed.TEXT).header("i-twilio-idempotency-token", "b");
        var other = Signed.post(Signed.with(Signed.TEXT, "MessageSid", "SM2"));

        assertThat(event(again).dedupe()).isEqualTo(event(first).dedupe());
        assertThat(event(other).dedupe()).isNotEqualTo(event(first).dedupe());
    }

    @Test
    @DisplayName("a status is known by message, status and error, and names the send")
    void statuses() {
        var url = URI.create(Signed.DOOR + "/status?send=key-1");
        var sent = status("sent");

        var event = event(Signed.post(url, sent));
        assertThat(event.kind()).isEqualTo("status");
        assertThat(event.note("send")).isEqualTo("key-1");
        assertThat(event.dedupe()).isEqualTo(Dedupe.key("status SM1 sent "));
        assertThat(accepted(Signed.post(url, sent)).reply()).isEqualTo(WebhookReply.EMPTY);
        assertThat(event(Signed.post(url, status("failed"))).dedupe())
                .isNotEqualTo(
                        event(Signed.post(url, status("failed").with("ErrorCode", "30003")))
                                .dedupe());
    }

    @Test
    @DisplayName("what is no message goes by its token, else by what it looks like")
    void otherKinds() {
        var call = Fields.of("CallSid", "CA1").with("AccountSid", Signed.ACCOUNT);

        var named = event(Signed.post(call).header("i-twilio-idempotency-token", "t-1"));
        assertThat(named.kind()).isEqualTo("form");
        assertThat(named.dedupe()).isEqualTo(Dedupe.key("token t-1"));
        assertThat(event(Signed.post(call)).dedupe()).isInstanceOf(Dedupe.Print.class);
        assertThat(
                        event(
                                        Signed.post(call)
                                                .header(
                                                        "i-twilio-idempotency-token",
                                                        "t".repeat(600)))
                                .dedupe())
                .isInstanceOf(Dedupe.Print.class);
    }

    @Test
    @DisplayName("by GET the query is the event and all of the address is signed")
    void queries() {
        var url = URI.create(Signed.DOOR + "?store=7&" + Signed.TEXT.encode().utf8());

        var event = event(Signed.get(url));
        assertThat(event.kind()).isEqualTo("message");
        assertThat(Fields.decode(event.body()).first("Body")).isEqualTo("héllo & 👍 ");

        var forged = URI.create(url.toString().replace("store=7", "store=8"));
        assertThat(verify(withUrl(Signed.get(url), forged)))
                .isInstanceOf(WebhookVerdict.Refused.class);
    }

    @Test
    @DisplayName("a GET without a query brings nothing")
    void emptyQueries() {
        assertThat(accepted(Signed.get(Signed.DOOR)).delivery().events()).isEmpty();
    }

    @Test
    @DisplayName("what is signed for another account is refused")
    void otherAccounts() {
        var other = Signed.with(Signed.TEXT, "AccountSid", "AC" + "1".repeat(32));

        assertThat(verify(Signed.post(other)))
                .isInstanceOfSatisfying(
                        WebhookVerdict.Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(403);
                            assertThat(refused.reason()).contains("AccountSid");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "POST, application/json, 415",
        "POST, application/x-www-form-urlencodedx, 415",
        "POST, text/plain, 415",
        "PUT, application/x-www-form-urlencoded, 405",
    })
    @DisplayName("other types and methods are refused")
    void otherTypes(String method, String type, int status) {
        var genuine = Signed.post(Signed.TEXT);
        var request =
                WebhookRequest.of(method, Signed.DOOR, genuine.body(), Signed.NOW)
                        .header("content-type", type)
                        .header("x-twilio-signature", genuine.need("x-twilio-signature"));

        assertThat(verify(request))
                .isInstanceOfSatisfying(
                        WebhookVerdict.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "Application/X-WWW-Form-URLEncoded;charset=utf-8",
                "application/x-www-form-urlencoded ; charset=utf-8",
            })
    @DisplayName("a form is a form in any case and with any charset")
    void forms(String type) {
        assertThat(verify(Signed.post(Signed.TEXT).header("content-type", type)))
                .isInstanceOf(WebhookVerdict.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://sms.example.com", "https://sms.example.com/"})
    @DisplayName("a public origin stands for the host behind the proxy")
    void publicOrigin(String publicUrl) {
        var seen = URI.create("http://10.0.0.7:8080/channels/sms/webhook/status?send=k");
        var called = "https://sms.example.com/channels/sms/webhook/status?send=k";
        var request = behindProxy(seen, called).path("status");

        assertThat(Signed.reader(publicUrl).verify(request))
                .isInstanceOf(WebhookVerdict.Accepted.class);
        assertThat(Signed.reader(null).verify(request)).isInstanceOf(WebhookVerdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/in/sms", "https://example.com/in/sms/"})
    @DisplayName("a whole public address stands for the door, whatever the proxy rewrites")
    void publicAddress(String publicUrl) {
        var door = URI.create("http://10.0.0.7:8080/channels/sms/webhook");
        var status = URI.create("http://10.0.0.7:8080/channels/sms/webhook/status?send=k");

        assertThat(Signed.reader(publicUrl).verify(behindProxy(door, "https://example.com/in/sms")))
                .isInstanceOf(WebhookVerdict.Accepted.class);
        assertThat(
                        Signed.reader(publicUrl)
                                .verify(
                                        behindProxy(
                                                        status,
                                                        "https://example.com/in/sms/status?send=k")
                                                .path("status")))
                .isInstanceOf(WebhookVerdict.Accepted.class);
    }

    @Test
    @DisplayName("the public URL wins over what the request claims about its host")
    void publicUrlWins() {
        assertThat(Signed.reader("https://sms.example.com").verify(Signed.post(Signed.TEXT)))
                .isInstanceOf(WebhookVerdict.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, https://host.example/channels/a/webhook/status?send=",
                "https://sms.example, https://sms.example/channels/a/webhook/status?send=",
                "https://sms.example/, https://sms.example/channels/a/webhook/status?send=",
                "https://sms.example/in/, https://sms.example/in/status?send=",
            })
    @DisplayName("status callbacks go where the public URL says")
    void callbacks(@Nullable String publicUrl, String callback) {
        var door = URI.create("https://host.example/channels/a/webhook/status");

        assertThat(WebhookReader.callback(publicUrl == null ? null : URI.create(publicUrl), door))
                .isEqualTo(callback);
    }

    private static WebhookRequest behindProxy(URI seen, String called) {
        var signature = Signed.signature(Signed.TOKEN, called, Signed.TEXT);
        return Signed.post(seen, Signed.TEXT).header("x-twilio-signature", signature);
    }

    private static WebhookRequest withUrl(WebhookRequest request, URI url) {
        return new WebhookRequest(
                request.method(),
                url,
                request.path(),
                request.headers(),
                Bytes.EMPTY,
                request.remote(),
                request.receivedAt());
    }

    private static Fields status(String status) {
        return Fields.of("MessageSid", "SM1")
                .with("MessageStatus", status)
                .with("AccountSid", Signed.ACCOUNT);
    }

    private static WebhookVerdict verify(WebhookRequest request) {
        return Signed.reader(null).verify(request);
    }

    private static WebhookVerdict.Accepted accepted(WebhookRequest request) {
        var verdict = verify(request);
        assertThat(verdict).isInstanceOf(WebhookVerdict.Accepted.class);
        return (WebhookVerdict.Accepted) verdict;
    }

    private static RawEvent event(WebhookRequest request) {
        return accepted(request).delivery().events().getFirst();
    }
}
