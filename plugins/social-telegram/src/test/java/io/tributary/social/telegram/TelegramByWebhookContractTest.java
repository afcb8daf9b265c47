package io.tributary.social.telegram;

import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.net.URI;

/// What every channel promises, of an account to which Telegram posts. It is silver: a token is no
/// signature of what stands in the body, and Telegram has nothing better.
class TelegramByWebhookContractTest extends ChannelContract {

    @Override
    protected Channel channel() {
        return new TelegramChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.posted(provider);
    }

    @Override
    protected WebhookRequest webhookWithOneMessage() {
        return Sample.webhook(Documented.TEXT);
    }

    @Override
    protected String signatureHeader() {
        return "X-Telegram-Bot-Api-Secret-Token";
    }

    @Override
    protected boolean signsBody() {
        return false;
    }

    @Override
    protected Turn.Answer answerWhenTaken() {
        return Turn.answer(200).body("application/json", TelegramContractTest.TAKEN);
    }

    @Override
    protected Conversation conversation() {
        return Sample.conversation();
    }
}
