package io.tributary.pager;

import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import java.util.Set;

/// Pages with a key.
public final class PagerChannel implements Channel {

    private static final String SETTINGS =
            """
            {"type": "object", "additionalProperties": false, "required": ["key"],
             "properties": {
                "busy": {"type": "boolean"},
                "desk": {"type": "string"},
                "down": {"type": "boolean"},
                "exchange": {"type": "string", "format": "uri"},
                "jammed": {"type": "boolean"},
                "stranger": {"type": "string"},
                "terse": {"type": "boolean"},
                "tower": {"type": "string", "format": "uri"},
                "key": {"type": "string", "minLength": 8, "writeOnly": true, "format": "password"}}}
            """;

    @Override
    public ChannelDescriptor descriptor() {
        ChannelId id = ChannelId.of("pager");
        return new ChannelDescriptor(id, "Pager", "<svg/>", Json.of(SETTINGS), Set.of(id), 8);
    }

    @Override
    public Account open(AccountContext context) {
        return new PagerAccount(context);
    }
}
