package io.tributary.host.outbound;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.Errand;
import io.tributary.spi.OutboundMessage;
import java.util.ArrayList;

/// What a channel is called for when it sends a message or looks for what became of it.
final class Purpose {

    private Purpose() {}

    static Errand of(Calls.Kind kind, OutboundMessage message) {
        var personal = new ArrayList<String>();
        personal.add(message.conversation().address());
        personal.add(message.conversation().line());
        message.parts().forEach(part -> personal.add(part.content().fallback()));
        return new Errand(kind, message.id(), message.key(), message.attempt(), personal);
    }
}
