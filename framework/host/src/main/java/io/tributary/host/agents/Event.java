package io.tributary.host.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.host.journal.Row;
import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import io.tributary.model.Json;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// One row of the log, and the CloudEvent that readers get for it: made when the first reader wants
/// it, once for all of them.
///
/// Thread safe: two readers at the same time may both make it, and make the same.
public final class Event {

    private static final String TYPE = "io.tributary.interaction.";
    private static final byte[] OPEN = "{\"specversion\":\"1.0\",\"id\":\"".getBytes(UTF_8);
    private static final byte[] SOURCE = "\",\"source\":\"/accounts/".getBytes(UTF_8);
    private static final byte[] OF_TYPE = "\",\"type\":".getBytes(UTF_8);
    private static final byte[] TIME = ",\"time\":\"".getBytes(UTF_8);
    private static final byte[] CONTENT =
            "\",\"datacontenttype\":\"application/json\"".getBytes(UTF_8);
    private static final byte[] SUBJECT = ",\"subject\":\"".getBytes(UTF_8);
    private static final byte[] CURSOR = ",\"cursor\":\"".getBytes(UTF_8);
    private static final byte[] DATA = "\",\"data\":".getBytes(UTF_8);

    private final Row row;
    private final Cursors cursors;
    private @Nullable Encoded encoded;

    private record Encoded(String cursor, String type, Bytes data) {}

    /// The event of a row that was read elsewhere.
    public Event(Row row, Cursors cursors) {
        this.row = row;
        this.cursors = cursors;
    }

    Row row() {
        return row;
    }

    long position() {
        return row.position();
    }

    /// The cursor of whoever has seen this event and all before it.
    public String cursor() {
        return encoded().cursor();
    }

    /// Such as `io.tributary.interaction.text.v1`.
    public String type() {
        return encoded().type();
    }

    /// The event as one line of JSON.
    public Bytes data() {
        return encoded().data();
    }

    private Encoded encoded() {
        Encoded made = encoded;
        if (made == null) {
            made = encode();
            encoded = made;
        }
        return made;
    }

    private Encoded encode() {
        String cursor = cursors.of(row.position());
        String type = TYPE + clean(row.type()) + ".v1";
        var out = new ByteArrayOutputStream(row.body().length() + 420);
        out.writeBytes(OPEN);
        text(out, row.id().toString());
        out.writeBytes(SOURCE);
        text(out, row.account().value());
        out.writeBytes(OF_TYPE);
        text(out, Json.string(type).text());
        out.writeBytes(TIME);
        text(out, row.receivedAt().toString());
        out.writeBytes(CONTENT);
        ConversationId conversation = row.conversation();
        if (conversation != null) {
            out.writeBytes(SUBJECT);
            text(out, conversation.toString());
            out.write('"');
        }
        out.writeBytes(CURSOR);
        text(out, cursor);
        out.writeBytes(DATA);
        Interactions.write(row, out);
        out.write('}');
        return new Encoded(cursor, type, Bytes.wrap(out.toByteArray()));
    }

    /// A type that a provider named may hold anything; a line break in it would break server-sent
    /// events.
    private static String clean(String type) {
        for (int i = 0; i < type.length(); i++) {
            if (type.charAt(i) < ' ') {
                return "custom";
            }
        }
        return type;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(UTF_8));
    }
}
