package io.tributary.testkit.ticker;

import io.tributary.spi.Channel;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.Simulator;
import io.tributary.testkit.TestSettings;
import java.io.IOException;
import java.net.URI;

/// What the contract has to know of the ticker, whoever implements it.
public class TickerContract extends ChannelContract {

    @Override
    protected Channel channel() {
        return new TickerChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return TestSettings.NONE.with("url", provider).withSecret("key", "open");
    }

    @Override
    protected Simulator simulator() throws IOException {
        return new TickerSimulator();
    }
}
