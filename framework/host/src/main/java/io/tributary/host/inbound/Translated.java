package io.tributary.host.inbound;

import io.tributary.model.Reason;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One event and what the plugin made of it.
///
/// @param inbounds checked and clean; empty where there is nothing to see, or where it is spoiled
/// @param spoiled why it becomes a dead letter; null: it does not
/// @param detail what the plugin said when it failed; kept in the dead letter, never logged
/// @param seenBefore whether something that looked the same came shortly before
record Translated(
        RawEvent event,
        List<Inbound> inbounds,
        @Nullable Reason spoiled,
        String detail,
        boolean seenBefore) {

    static Translated of(RawEvent event, List<Inbound> inbounds, boolean seenBefore) {
        return new Translated(event, inbounds, null, "", seenBefore);
    }

    static Translated spoiled(RawEvent event, Reason reason, String detail) {
        return new Translated(event, List.of(), reason, detail, false);
    }
}
