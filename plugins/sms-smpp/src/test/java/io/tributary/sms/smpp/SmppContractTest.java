package io.tributary.sms.smpp;

import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.Simulator;
import io.tributary.testkit.TestSettings;
import java.io.IOException;
import java.net.URI;

/// What every channel promises.
class SmppContractTest extends ChannelContract {

    @Override
    protected Channel channel() {
        return new SmppChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.settings(provider);
    }

    @Override
    protected Simulator simulator() throws IOException {
        return new SimulatedSmsc();
    }

    @Override
    protected Conversation conversation() {
        return Sample.conversation();
    }
}
