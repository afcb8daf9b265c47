package io.tributary.voice.twilio;

import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.Fixtures;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.net.URI;
import java.util.List;

/// What every channel promises.
class VoiceContractTest extends ChannelContract {

    @Override
    protected Channel channel() {
        return new VoiceChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.settings(provider);
    }

    @Override
    protected WebhookRequest webhookWithOneMessage() {
        return Sample.post("", Sample.RINGING);
    }

    @Override
    protected String signatureHeader() {
        return "X-Twilio-Signature";
    }

    @Override
    protected List<WebhookRequest> recordedWebhooks() {
        return Fixtures.in(Sample.RECORDED).webhooks().stream().map(Sample::again).toList();
    }

    @Override
    protected Turn.Answer answerWhenTaken() {
        return Fixtures.in(Sample.RECORDED).answer("exchange-001");
    }

    @Override
    protected Conversation conversation() {
        return Sample.conversation();
    }
}
