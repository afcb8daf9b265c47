package io.tributary.smpp.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes fields of a body.
final class FieldWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FieldWriter octets(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    FieldWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    FieldWriter text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
