package io.tributary.wearables.mqtt;

import io.tributary.model.Content;
import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.Inbound;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.Simulator;
import io.tributary.testkit.TestSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every channel promises, of an account with two slots to which data points are posted, too.
class WearablesContractTest extends ChannelContract {

    private static final int SLOTS = 2;

    @Override
    protected Channel channel() {
        return new WearablesChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.settings(provider)
                .with("slots", SLOTS)
                .with("user", "tributary")
                .withSecret("password", Sample.PASSWORD)
                .withSecret("webhookSecret", Sample.SECRET);
    }

    @Override
    protected Simulator simulator() throws IOException {
        return new LoopbackBroker(SLOTS).password(Sample.PASSWORD);
    }

    @Override
    protected WebhookRequest webhookWithOneMessage() {
        return Sample.posted(Sample.HEART_RATE);
    }

    @Override
    protected String signatureHeader() {
        return Signature.SIGNATURE;
    }

    /// Open mHealth is a standard and no provider: these are data points as its documentation shows
    /// them.
    @Override
    protected List<WebhookRequest> recordedWebhooks() {
        return DataPointsTest.documented().map(Sample::posted).toList();
    }

    @Override
    protected @Nullable String said(Inbound inbound) {
        return inbound.content() instanceof Content.Alert alert ? alert.text() : null;
    }

    @Override
    protected Conversation conversation() {
        return Sample.conversation();
    }
}
