package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes the fields of a PDU's body in order.
final class BodyWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    BodyWriter octet(int value) {
        out.write(value);
        return this;
    }

    BodyWriter octets(Bytes octets) {
        out.writeBytes(octets.toArray());
        return this;
    }

    /// A C-octet string; what is no Latin-1, or a NUL, would end or garble it and becomes a
    /// question mark.
    BodyWriter text(String text) {
        out.writeBytes(text.replace('\0', '?').getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
        return this;
    }

    BodyWriter address(NumberForm number) {
        return octet(number.ton()).octet(number.npi()).text(number.digits());
    }

    /// An optional parameter.
    BodyWriter parameter(int tag, Bytes value) {
        return octet(tag >> 8)
                .octet(tag)
                .octet(value.length() >> 8)
                .octet(value.length())
                .octets(value);
    }

    Bytes bytes() {
        return Bytes.wrap(out.toByteArray());
    }
}
