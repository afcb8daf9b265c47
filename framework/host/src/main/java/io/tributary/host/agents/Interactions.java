package io.tributary.host.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tributary.host.journal.Row;
import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Interactions as readers get them: the stored body with its position in front, which nobody
/// decodes on the way.
final class Interactions {

    private static final byte[] POSITION = "{\"position\":".getBytes(US_ASCII);

    private Interactions() {}

    static void write(Row row, ByteArrayOutputStream out) {
        Bytes body = row.body();
        out.writeBytes(POSITION);
        out.writeBytes(Long.toString(row.position()).getBytes(US_ASCII));
        out.write(',');
        try {
            // the stored body's opening brace is written already
            body.slice(1, body.length()).writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Bytes json(Row row) {
        var out = new ByteArrayOutputStream(row.body().length() + 40);
        write(row, out);
        return Bytes.wrap(out.toByteArray());
    }
}
