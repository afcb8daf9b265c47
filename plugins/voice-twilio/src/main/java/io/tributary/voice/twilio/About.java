package io.tributary.voice.twilio;

import static io.tributary.twilio.SignedRequests.bounded;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Fields;
import io.tributary.spi.RawEvent;
import java.util.List;

/// A genuine request about a call.
///
/// @param query what our own address said
/// @param signed whether the signature covers all fields
record About(String callSid, Fields fields, Bytes body, Fields query, boolean signed) {

    /// A note: not all fields were signed.
    static final String UNSIGNED = "unsigned";

    private static final List<String> OURS = List.of(Callbacks.SEND, Callbacks.AS);

    /// The event, with what our own address said about it.
    RawEvent event(String kind, String key) {
        var event = RawEvent.of(kind, body, Dedupe.key(bounded(kind + ' ' + key)));
        for (var name : OURS) {
            var value = query.first(name);
            if (value != null && !value.isEmpty()) {
                event = event.note(name, bounded(value));
            }
        }
        return signed ? event : event.note(UNSIGNED, "true");
    }
}
