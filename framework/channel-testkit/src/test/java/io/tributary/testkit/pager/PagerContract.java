package io.tributary.testkit.pager;

import io.tributary.model.Bytes;
import io.tributary.spi.Channel;
import io.tributary.spi.Fields;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.Fixtures;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What the contract has to know of the pager, whoever implements it.
public class PagerContract extends ChannelContract {

    /// What the service signs with.
    public static final String KEY = "sesame-open";

    @Override
    protected Channel channel() {
        return new PagerChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return TestSettings.NONE.with("url", provider).withSecret("key", KEY);
    }

    @Override
    protected WebhookRequest webhookWithOneMessage() {
        return page("p1", "come at once");
    }

    @Override
    protected String signatureHeader() {
        return "X-Signature";
    }

    @Override
    protected WebhookRequest webhookWithMessages(List<String> texts) {
        var body = Fields.of("id", "p2").with("from", "555").with("to", "100");
        for (var text : texts) {
            body = body.with("text", text);
        }
        return signed(body.encode());
    }

    @Override
    protected Turn.Answer answerWhenTaken() {
        return Turn.answer(202).header("X-Id", "their-id");
    }

    @Override
    protected List<WebhookRequest> recordedWebhooks() {
        return Fixtures.in(Path.of("src/test/resources/recorded")).webhooks().stream()
                .map(webhook -> signed(webhook.body()))
                .toList();
    }

    /// A genuine page.
    public static WebhookRequest page(String id, String text) {
        var body =
                Fields.of("id", id)
                        .with("from", "555")
                        .with("to", "100")
                        .with("text", text)
                        .encode();
        return signed(body);
    }

    /// A body that the service has signed.
    public static WebhookRequest signed(Bytes body) {
        return WebhookRequest.of("POST", FakeHost.webhookUrl(""), body, Instant.EPOCH)
                .header("X-Signature", PagerSignature.of(body, KEY));
    }
}
