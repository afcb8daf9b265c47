package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Received;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookReaderTest {

    private final FakeHost host = new FakeHost();
    private HostedAccount account;

    @BeforeEach
    void open() throws Exception {
        account =
                host.open(
                        new MetaChannel(),
                        Sample.settings(LoopbackProvider.unreachable())
                                .withSecret("instagramAppSecret", "the-other-secret"));
    }

    @AfterEach
    void close() {
        account.close();
        host.close();
    }

    @Test
    @DisplayName("the handshake sends the challenge back to who knows the token")
    void handshake() {
        var received =
                get("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock");

        assertThat(received.status()).isEqualTo(200);
        assertThat(received.reply().body().utf8()).isEqualTo("1158201444");
        assertThat(host.stored()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "403, hub.mode=subscribe&hub.challenge=1&hub.verify_token=other",
        "403, hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
        "403, hub.mode=subscribe&hub.challenge=1",
        "400, hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=meatyhamhock",
        "400, hub.mode=subscribe&hub.verify_token=meatyhamhock",
        "400, hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=meatyhamhock",
    })
    @DisplayName("no other handshake is answered")
    void refusedHandshakes(int status, String query) {
        assertThat(get(query).status()).isEqualTo(status);
    }

    @Test
    @DisplayName("letters beyond ASCII are signed in the escaped form in which Meta sends them")
    void escaped() {
        var body =
                "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[{\"message\":{\"mid\":"
                        + "\"m_1\",\"text\":\"\\u00e4\\u00f6\\u00e5\"}}]}]}";
        var vector = "sha256=2ddd5a9ee3175ba9c37fef3282479ed30914d822bda14e830c26fadd430323d8";

        assertThat(Sample.signature("app_secret", Bytes.utf8(body))).isEqualTo(vector);
        var secret = Sample.settings(URI.create("http://127.0.0.1:1")).secret("appSecret");
        var signature = new Signature(List.of(secret));
        var written = Sample.texts("a", List.of("\\u00e4\\u00f6\\u00e5"));
        var again = Sample.texts("a", List.of("äöå"));
        var signed = Sample.signature(Sample.APP_SECRET, Bytes.utf8(written));
        assertThat(signature.signs(signed, Bytes.utf8(written))).isTrue();
        assertThat(signature.signs(signed, Bytes.utf8(again))).isFalse();
    }

    @Test
    @DisplayName("what Instagram's own app has signed is genuine, too")
    void instagramsOwn() {
        var body = Bytes.utf8(Sample.documented("instagram-text"));

        var received =
                account.webhook(
                        Sample.post(body)
                                .header(
                                        "x-hub-signature-256",
                                        Sample.signature("the-other-secret", body)));

        assertThat(received.status()).isEqualTo(200);
        assertThat(host.stored()).hasSize(1);
    }

    @Test
    @DisplayName("a batch that comes again is kept once")
    void repeated() {
        var texts = IntStream.range(0, 1_000).mapToObj(i -> "text " + i).toList();
        account.webhook(Sample.post(Sample.texts("batch", texts)));

        var received = account.webhook(Sample.post(Sample.texts("batch", texts)));
        account.webhook(Sample.post(Sample.texts("other", List.of("new"))));

        assertThat(received.status()).isEqualTo(200);
        assertThat(host.stored()).hasSize(1_001);
    }

    @Test
    @DisplayName("one status of a message is one, however often and with whatever else it comes")
    void statuses() {
        post("whatsapp-status-sent");
        post("whatsapp-status-sent");
        post("whatsapp-status-delivered");
        post("whatsapp-status-read");
        post("whatsapp-status-delivered");

        assertThat(host.stored()).hasSize(3);
    }

    @Test
    @DisplayName("a message that comes to the thread's owner and to who stands by is one")
    void standby() {
        var message = Sample.documented("messenger-standby");
        account.webhook(Sample.post(message));
        account.webhook(Sample.post(message.replace("\"standby\"", "\"messaging\"")));

        assertThat(host.stored()).hasSize(1);
    }

    @Test
    @DisplayName("a message that was taken back is no repetition of the message")
    void deleted() {
        var deleted = Sample.documented("instagram-deleted");
        account.webhook(Sample.post(deleted.replace("\"is_deleted\": true", "\"text\": \"oh\"")));
        account.webhook(Sample.post(deleted));

        assertThat(host.stored())
                .extracting(stored -> stored.inbound().content().type())
                .containsExactly("text", "deleted");
    }

    @Test
    @DisplayName("what has neither id nor time may happen again, and is marked")
    void changes() {
        post("whatsapp-quality");
        post("whatsapp-quality");

        assertThat(host.stored())
                .extracting(stored -> stored.possibleDuplicate())
                .containsExactly(false, true);
    }

    @Test
    @DisplayName("of more than Meta says that it sends the last become one, and nothing is refused")
    void tooMany() {
        var texts = IntStream.range(0, 1_002).mapToObj(i -> "text " + i).toList();

        assertThat(account.webhook(Sample.post(Sample.texts("b", texts))).status()).isEqualTo(200);
        assertThat(host.stored()).hasSize(1_000);
        var last = host.stored().getLast().inbound();
        assertThat(last.content().capability()).isEqualTo("custom.social-meta.surplus");
        assertThat(((Content.Custom) last.content()).data().text())
                .contains("wamid.b999", "wamid.b1000", "wamid.b1001")
                .doesNotContain("wamid.b998");
    }

    @Test
    @DisplayName("what this was not written for takes no place of what somebody said")
    void noticesFirst() {
        var change =
                """
                {"value":{"metadata":{"phone_number_id":"7"},"messages":[\
                {"from":"16505551234","id":"wamid.%1$d","type":"text",\
                "text":{"body":"a"}}],"holograms":[%1$d]},"field":"messages"}\
                """;
        var changes = IntStream.range(0, 600).mapToObj(i -> change.formatted(i)).toList();
        var body =
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"9\",\"changes\":["
                        + String.join(",", changes)
                        + "]}]}";

        assertThat(account.webhook(Sample.post(body)).status()).isEqualTo(200);
        assertThat(host.stored()).hasSize(1_000);
        assertThat(host.stored())
                .filteredOn(stored -> stored.inbound().content().type().equals("text"))
                .hasSize(600);
        assertThat(host.stored())
                .filteredOn(stored -> stored.inbound().content().capability().contains("surplus"))
                .singleElement()
                .satisfies(stored ->
                        assertThat(stored.inbound().content().fallback()).contains("surplus"));
    }

    private void post(String documented) {
        assertThat(account.webhook(Sample.post(Sample.documented(documented))).status())
                .isEqualTo(200);
    }

    private Received get(String query) {
        var url = URI.create(FakeHost.webhookUrl("") + "?" + query);
        return account.webhook(WebhookRequest.of("GET", url, Bytes.EMPTY, Sample.NOW));
    }
}
