package io.tributary.social.telegram;

import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.Simulator;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.io.IOException;
import java.net.URI;

/// What every channel promises, of an account that asks for its updates: what an account does
/// unless it is told otherwise. Runs after the other contract, so the card in the jar is its card.
class TelegramContractTest extends ChannelContract {

    static final String TAKEN =
            """
            {"ok":true,"result":{"message_id":71,"from":{"id":123456,"is_bot":true,\
            "first_name":"Support"},"chat":{"id":1111111,"first_name":"Test","type":"private"},\
            "date":1795341600,"text":"a word from the contract"}}\
            """;

    @Override
    protected Channel channel() {
        return new TelegramChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.settings(provider);
    }

    @Override
    protected Simulator simulator() throws IOException {
        return new SimulatedTelegram();
    }

    @Override
    protected Turn.Answer answerWhenTaken() {
        return Turn.answer(200).body("application/json", TAKEN);
    }

    @Override
    protected Conversation conversation() {
        return Sample.conversation();
    }
}
