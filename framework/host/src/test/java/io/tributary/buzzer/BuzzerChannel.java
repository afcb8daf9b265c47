package io.tributary.buzzer;

import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import java.util.Set;

/// Buzzers connect to an account; with a tower among its settings, the account connects to that.
public final class BuzzerChannel implements Channel {

    static final String SETTINGS =
            """
            {"type": "object", "additionalProperties": false,
             "properties": {
                "greeting": {"type": "string"},
                "mood": {"enum": ["welcoming", "parking-fails", "parks-too-much", "forgetful"]},
                "tower": {"type": "integer"},
                "slots": {"type": "integer"}}}
            """;

    @Override
    public ChannelDescriptor descriptor() {
        ChannelId id = ChannelId.of("buzzer");
        return new ChannelDescriptor(id, "Buzzer", "<svg/>", Json.of(SETTINGS), Set.of(id), 8);
    }

    @Override
    public Account open(AccountContext context) {
        return context.settings().has("tower")
                ? new TowerAccount(context)
                : new BuzzerAccount(context);
    }
}
