package io.tributary.sms.twilio;

import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.net.URI;

/// What every channel promises.
class TwilioContractTest extends ChannelContract {

    @Override
    protected Channel channel() {
        return new TwilioChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.settings(provider);
    }

    @Override
    protected WebhookRequest webhookWithOneMessage() {
        var url = FakeHost.webhookUrl("");
        var signature = Signed.signature(Sample.TOKEN, url.toString(), Signed.TEXT);
        return Signed.post(url, Signed.TEXT).header(signatureHeader(), signature);
    }

    @Override
    protected String signatureHeader() {
        return "X-Twilio-Signature";
    }

    @Override
    protected Turn.Answer answerWhenTaken() {
        return Turn.answer(201)
                .body(
                        "application/json",
                        "{\"sid\":\"SM1\",\"status\":\"queued\",\"to\":\"" + Sample.CUSTOMER + "\"}");
    }

    @Override
    protected Conversation conversation() {
        return Sample.conversation(Sample.LINE);
    }
}
