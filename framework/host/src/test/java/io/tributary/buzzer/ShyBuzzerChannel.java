package io.tributary.buzzer;

import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import java.util.Set;

/// The same, one call at a time: whoever waited inside a call for another one would wait for ever.
public final class ShyBuzzerChannel implements Channel {

    @Override
    public ChannelDescriptor descriptor() {
        ChannelId id = ChannelId.of("shy-buzzer");
        Json settings = Json.of(BuzzerChannel.SETTINGS);
        return new ChannelDescriptor(id, "Shy buzzer", "<svg/>", settings, Set.of(id), 1);
    }

    @Override
    public Account open(AccountContext context) {
        return new BuzzerAccount(context);
    }
}
