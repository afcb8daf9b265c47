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
/// @param waits it is a piece: it is kept as it is, and translated with the others of its whole
/// @param seenBefore whether something that looked the same came shortly before
record Translated(
        RawEvent event,
        List<Inbound> inbounds,
        @Nullable Reason spoiled,
        String detail,
        boolean waits,
        boolean seenBefore) {

    static Translated of(RawEvent event, List<Inbound> inbounds, boolean seenBefore) {
        return new Translated(event, inbounds, null, "", false, seenBefore);
    }

    static Translated piece(RawEvent event) {
        return new Translated(event, List.of(), null, "", true, false);
    }

    /// The same, which proved to be unfit for storing.
    Translated unfit(@Nullable Throwable cause) {
        Reason why =
                cause instanceof Nonsense nonsense
                        ? nonsense.reason()
                        : Reason.of("nonsense", "what the plugin said cannot be written");
        return spoiled(event, why, "");
    }

    static Translated spoiled(RawEvent event, Reason reason, String detail) {
        return new Translated(event, List.of(), reason, detail, false, false);
    }
}
