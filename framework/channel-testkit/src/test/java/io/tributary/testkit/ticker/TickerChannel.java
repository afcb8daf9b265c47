package io.tributary.testkit.ticker;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;

/// A ticker service that is polled, and posted to.
public class TickerChannel implements Channel {

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(TickerChannel.class, "ticker", "Ticker");
    }

    @Override
    public Account open(AccountContext context) {
        return new TickerAccount(context);
    }
}
