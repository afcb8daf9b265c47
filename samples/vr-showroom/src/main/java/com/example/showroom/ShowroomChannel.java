package com.example.showroom;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;

/// The virtual showroom, as the host finds it. Its settings and its icon lie beside this class.
public final class ShowroomChannel implements Channel {

    /// Names the channel, its addresses as identities, and its own contents.
    static final String ID = "vr-showroom";

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(ShowroomChannel.class, ID, "Virtual showroom");
    }

    @Override
    public Account open(AccountContext context) {
        return new ShowroomAccount(context);
    }
}
