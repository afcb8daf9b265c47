package io.tributary.example.pager;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;

/// A pager service. It posts `text/plain` with X-Id, X-From, X-To and X-Token, and takes the same
/// from us.
public final class PagerChannel implements Channel {

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(PagerChannel.class, "pager", "Pager");
    }

    @Override
    public Account open(AccountContext context) {
        return new PagerAccount(context);
    }
}
