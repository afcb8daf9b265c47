package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Directory;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Direction;
import io.tributary.model.Reason;
import io.tributary.spi.RawEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Inbound dead letters: the event as it came, when it came, and what the plugin said when it
/// failed.
final class DeadEvents {

    /// The kind of a dead letter that holds something parked, not an event.
    static final String PARKED = "parked";

    private DeadEvents() {}

    /// @param events one as it came, or the pieces of a whole
    /// @param traceparent null for none
    record Kept(List<RawEvent> events, Instant receivedAt, @Nullable String traceparent) {}

    static Change deadLetter(Arrived arrived, Translated event, Reason reason) {
        ObjectNode form = form(arrived.of(event), arrived.receivedAt());
        if (arrived.traceparent() != null) {
            form.put("traceparent", arrived.traceparent());
        }
        if (!event.detail().isEmpty()) {
            form.put("detail", event.detail());
        }
        return new Change.AddDeadLetter(
                Direction.INBOUND,
                arrived.account().id(),
                arrived.account().plugin().toString(),
                event.event().kind(),
                reason,
                null,
                EventForm.bytes(form),
                arrived.receivedAt());
    }

    /// Pieces whose account cannot say what they mean.
    static Change deadLetter(AccountId account, List<RawEvent> pieces, Instant first, Reason why) {
        return new Change.AddDeadLetter(
                Direction.INBOUND,
                account,
                "",
                pieces.getFirst().kind(),
                why,
                null,
                EventForm.bytes(form(pieces, first)),
                first);
    }

    private static ObjectNode form(List<RawEvent> events, Instant receivedAt) {
        ObjectNode form = EventForm.JSON.createObjectNode();
        EventForm.put(form, events);
        return form.put("receivedAt", receivedAt.toString());
    }

    /// What was parked, and will not be stored.
    static Change givenUp(Directory.Parked parked, Parcel parcel, Reason why, Instant at) {
        var plugin = parcel.waiting().plugin();
        return new Change.AddDeadLetter(
                Direction.INBOUND,
                parked.account(),
                plugin == null ? "" : plugin.toString(),
                PARKED,
                why,
                null,
                parked(parked),
                at);
    }

    /// A parked one that was given up, so that it can be parked or stored again.
    static Bytes parked(Directory.Parked parked) {
        ObjectNode form = EventForm.JSON.createObjectNode();
        form.put("externalId", parked.externalId());
        form.put("receivedAt", parked.receivedAt().toString());
        form.put("parcel", parked.body().utf8());
        return EventForm.bytes(form);
    }

    static Directory.Parked parked(AccountId account, Bytes payload) {
        JsonNode form = EventForm.tree(payload);
        return new Directory.Parked(
                0,
                account,
                form.required("externalId").stringValue(),
                Instant.parse(form.required("receivedAt").stringValue()),
                Bytes.utf8(form.required("parcel").stringValue()));
    }

    static Kept read(Bytes payload) {
        JsonNode form = EventForm.tree(payload);
        JsonNode trace = form.get("traceparent");
        return new Kept(
                EventForm.all(form),
                Instant.parse(form.required("receivedAt").stringValue()),
                trace == null ? null : trace.stringValue());
    }

    static Change keep(AccountId account, ChannelId channel, RawEvent event, Instant receivedAt) {
        return new Change.KeepRaw(
                account,
                channel,
                event.kind(),
                event.notes(),
                event.body(),
                receivedAt,
                event.piece() != null);
    }
}
