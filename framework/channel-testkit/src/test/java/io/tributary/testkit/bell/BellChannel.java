package io.tributary.testkit.bell;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;

/// Bells at doors, which can show a line of text.
public class BellChannel implements Channel {

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(BellChannel.class, "bell", "Bell");
    }

    @Override
    public Account open(AccountContext context) {
        return new BellAccount(context);
    }
}
