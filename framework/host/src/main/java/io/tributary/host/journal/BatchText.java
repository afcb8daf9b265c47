package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes values as the database's functions read them: bytes in hexadecimal, times in
/// microseconds, flags as 0 and 1, and bodies beside the JSON.
final class BatchText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final HexFormat HEX = HexFormat.of();

    private final StringWriter text = new StringWriter(16 * 1024);
    private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text);
    private final ByteArrayOutputStream bodies = new ByteArrayOutputStream(64 * 1024);

    UnitText.Encoded finished() {
        json.close();
        return new UnitText.Encoded(text.toString(), Bytes.wrap(bodies.toByteArray()));
    }

    void beginList() {
        json.writeStartArray();
    }

    void beginList(String name) {
        json.writeArrayPropertyStart(name);
    }

    void endList() {
        json.writeEndArray();
    }

    void begin() {
        json.writeStartObject();
    }

    void begin(String name) {
        json.writeObjectPropertyStart(name);
    }

    void end() {
        json.writeEndObject();
    }

    BatchText kind(String name) {
        json.writeStringProperty("k", name);
        return this;
    }

    void mark(String name, boolean present) {
        if (present) {
            json.writeNumberProperty(name, 1);
        }
    }

    /// What is null is left out: the functions read the same.
    BatchText put(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, PlainText.escape(value));
        }
        return this;
    }

    BatchText put(String name, AccountId account) {
        json.writeStringProperty(name, account.value());
        return this;
    }

    BatchText put(String name, Enum<?> constant) {
        json.writeStringProperty(name, constant.name());
        return this;
    }

    BatchText put(String name, long number) {
        json.writeNumberProperty(name, number);
        return this;
    }

    BatchText put(String name, boolean flag) {
        json.writeNumberProperty(name, flag ? 1 : 0);
        return this;
    }

    BatchText put(String name, @Nullable Instant instant) {
        if (instant != null) {
            json.writeNumberProperty(name, Micros.of(instant));
        }
        return this;
    }

    BatchText put(String name, @Nullable Long number) {
        if (number != null) {
            json.writeNumberProperty(name, number.longValue());
        }
        return this;
    }

    BatchText put(String name, @Nullable UUID id) {
        if (id != null) {
            json.writeStringProperty(
                    name,
                    "\\x"
                            + HEX.toHexDigits(id.getMostSignificantBits())
                            + HEX.toHexDigits(id.getLeastSignificantBits()));
        }
        return this;
    }

    BatchText put(String name, Hash hash) {
        json.writeStringProperty(
                name, "\\x" + HEX.toHexDigits(hash.high()) + HEX.toHexDigits(hash.low()));
        return this;
    }

    BatchText put(String name, Bytes bytes) {
        json.writeStringProperty(name, "\\x" + HEX.formatHex(bytes.toArray()));
        return this;
    }

    BatchText reason(@Nullable Reason reason) {
        return reason == null ? this : put("code", reason.code()).put("text", reason.text());
    }

    /// Beside the text; counted from 1.
    void body(Bytes body) {
        byte[] bytes = body.toArray();
        json.writeArrayPropertyStart("b");
        json.writeNumber(bodies.size() + 1);
        json.writeNumber(bytes.length);
        json.writeEndArray();
        bodies.writeBytes(bytes);
    }
}
