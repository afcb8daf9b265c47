package com.example.echo;

import io.tributary.model.Bytes;
import io.tributary.spi.Channel;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.net.URI;
import java.time.Instant;

/// What every channel promises.
final class EchoContractTest extends ChannelContract {

    static final String TOKEN = "the-token-of-the-test";

    @Override
    protected Channel channel() {
        return new EchoChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return settings(provider);
    }

    @Override
    protected WebhookRequest webhookWithOneMessage() {
        return text("1", "Hello from a customer");
    }

    @Override
    protected String signatureHeader() {
        return "X-Token";
    }

    /// A token says who calls, and nothing about the body. A signature would be better.
    @Override
    protected boolean signsBody() {
        return false;
    }

    /// From this follows what must not be taken for a success.
    @Override
    protected Turn.Answer answerWhenTaken() {
        return Turn.answer(202).body("text/plain", "their-id");
    }

    static TestSettings settings(URI provider) {
        return TestSettings.NONE.with("url", provider).withSecret("token", TOKEN);
    }

    static WebhookRequest text(String id, String text) {
        return WebhookRequest.of("POST", FakeHost.webhookUrl(""), Bytes.utf8(text), Instant.EPOCH)
                .header("X-Id", id)
                .header("X-From", "555-0100")
                .header("X-To", "555-0199")
                .header("X-Token", TOKEN);
    }
}
