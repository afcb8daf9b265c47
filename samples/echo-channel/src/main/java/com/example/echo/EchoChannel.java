package com.example.echo;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;

/// Echo, as the host finds it. Its settings and its icon lie beside this class.
public final class EchoChannel implements Channel {

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(EchoChannel.class, "echo", "Echo");
    }

    @Override
    public Account open(AccountContext context) {
        return new EchoAccount(context);
    }
}
