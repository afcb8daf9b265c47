package io.tributary.social.meta;

import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.net.URI;
import java.util.List;

/// What every channel promises.
class MetaContractTest extends ChannelContract {

    @Override
    protected Channel channel() {
        return new MetaChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.settings(provider);
    }

    @Override
    protected WebhookRequest webhookWithOneMessage() {
        return Sample.post(Sample.texts("one", List.of("h\\u00e9llo \\ud83d\\udc4d")));
    }

    @Override
    protected WebhookRequest webhookWithMessages(List<String> texts) {
        return Sample.post(Sample.texts("several", texts));
    }

    @Override
    protected String signatureHeader() {
        return "X-Hub-Signature-256";
    }

    @Override
    protected List<WebhookRequest> recordedWebhooks() {
        return Sample.documented().stream().map(Sample::documented).map(Sample::post).toList();
    }

    @Override
    protected Turn.Answer answerWhenTaken() {
        return Sample.taken();
    }

    @Override
    protected Conversation conversation() {
        return Sample.conversation(Platform.WHATSAPP);
    }
}
