package io.tributary.host.agents;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Signal;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// A signal on its way to readers: the CloudEvent that they get for it. It has no cursor, since
/// nobody can come back to it.
///
/// @param type such as `io.tributary.signal.typing.v1`
/// @param data the event as one line of JSON
/// @param until when it is no longer worth showing, by [System#nanoTime()]
record Glimpse(String type, Bytes data, long until) {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long WORTH_NANOS = 5_000_000_000L;

    static Glimpse of(AccountId account, Signal signal, Instant at) {
        String kind = signal.kind().name().toLowerCase(Locale.ROOT);
        String type = "io.tributary.signal." + kind + ".v1";
        var bytes = new ByteArrayOutputStream(400);
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("specversion", "1.0");
            out.writeStringProperty("id", UUID.randomUUID().toString());
            out.writeStringProperty("source", "/accounts/" + account.value());
            out.writeStringProperty("type", type);
            out.writeStringProperty("time", at.toString());
            out.writeStringProperty("datacontenttype", "application/json");
            out.writeObjectPropertyStart("data");
            out.writeStringProperty("kind", kind);
            out.writeStringProperty("account", account.value());
            out.writeStringProperty("line", signal.line());
            out.writeStringProperty("address", signal.address());
            String text = signal.text();
            if (text != null) {
                out.writeStringProperty("text", text);
            }
            out.writeNumberProperty("lastsMillis", signal.lasts().toMillis());
            out.writeEndObject();
            out.writeEndObject();
        }
        long worth = Math.min(WORTH_NANOS, signal.lasts().toMillis() * 1_000_000L);
        return new Glimpse(type, Bytes.wrap(bytes.toByteArray()), System.nanoTime() + worth);
    }

    boolean late() {
        return System.nanoTime() - until > 0;
    }
}
