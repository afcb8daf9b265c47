package io.tributary.testkit.pager;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;

/// A pager service that signs what it posts.
public class PagerChannel implements Channel {

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(PagerChannel.class, "pager", "Pager");
    }

    @Override
    public Account open(AccountContext context) {
        return new PagerAccount(context);
    }
}
