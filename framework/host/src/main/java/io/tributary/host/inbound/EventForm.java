package io.tributary.host.inbound;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of a raw event where it is not stored as such: in dead letters and in what is
/// parked.
///
/// Read by later versions: members may be added, none may change its meaning.
final class EventForm {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private EventForm() {}

    static ObjectNode write(RawEvent event) {
        ObjectNode form = JSON.createObjectNode();
        form.put("kind", event.kind());
        ObjectNode notes = form.putObject("notes");
        event.notes().forEach(notes::put);
        switch (event.dedupe()) {
            case Dedupe.Key key -> form.put("key", key.key());
            case Dedupe.Print print ->
                    form.put("print", print.print()).put("within", print.within().toString());
        }
        Piece piece = event.piece();
        if (piece != null) {
            form.putObject("piece")
                    .put("group", piece.group())
                    .put("number", piece.number())
                    .put("of", piece.of())
                    .put("patience", piece.patience().toString());
        }
        return form.put("body", event.body().toArray());
    }

    /// A piece, with the device through which it came, if any.
    static ObjectNode write(RawEvent piece, @Nullable String device) {
        ObjectNode form = write(piece);
        return device == null ? form : form.put("device", device);
    }

    /// The device through which a piece came; null: through none.
    static @Nullable String device(JsonNode form) {
        JsonNode device = form.get("device");
        return device == null ? null : device.stringValue();
    }

    /// Puts one event, or the pieces of a whole, into a form.
    static void put(ObjectNode form, List<RawEvent> events) {
        form.set("event", write(events.getFirst()));
        if (events.size() > 1) {
            ArrayNode others = form.putArray("others");
            events.subList(1, events.size()).forEach(each -> others.add(write(each)));
        }
    }

    /// What [#put] wrote.
    static List<RawEvent> all(JsonNode form) {
        var events = new ArrayList<RawEvent>(1);
        events.add(read(form.required("event")));
        form.path("others").forEach(each -> events.add(read(each)));
        return events;
    }

    static RawEvent read(JsonNode form) {
        Map<String, String> notes = new HashMap<>();
        form.required("notes").forEachEntry((name, value) -> notes.put(name, value.stringValue()));
        JsonNode key = form.get("key");
        Dedupe dedupe =
                key != null
                        ? Dedupe.key(key.stringValue())
                        : Dedupe.print(
                                form.required("print").stringValue(),
                                Duration.parse(form.required("within").stringValue()));
        JsonNode piece = form.get("piece");
        return new RawEvent(
                form.required("kind").stringValue(),
                Bytes.wrap(form.required("body").binaryValue()),
                notes,
                dedupe,
                piece == null ? null : piece(piece));
    }

    private static Piece piece(JsonNode form) {
        return new Piece(
                form.required("group").stringValue(),
                form.required("number").intValue(),
                form.required("of").intValue(),
                Duration.parse(form.required("patience").stringValue()));
    }

    static Bytes bytes(ObjectNode form) {
        return Bytes.wrap(JSON.writeValueAsBytes(form));
    }

    static JsonNode tree(Bytes bytes) {
        return JSON.readTree(bytes.asStream());
    }
}
