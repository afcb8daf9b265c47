package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the fields of a PDU's body in order (SMPP 3.4, 3.1).
final class BodyReader {

    /// Addresses have 20 octets at most, those of `data_sm` and ids 64; some carriers take more.
    private static final int LONGEST_TEXT = 128;

    private final Bytes body;
    private int at;

    BodyReader(Bytes body) {
        this.body = body;
    }

    /// One octet, 0 to 255.
    int octet() {
        if (at >= body.length()) {
            throw new Malformed("a PDU ends within its mandatory fields");
        }
        return body.at(at++) & 0xFF;
    }

    /// Two octets, the higher first.
    int pair() {
        return octet() * 0x100 + octet();
    }

    /// So many octets.
    Bytes octets(int count) {
        if (count > body.length() - at) {
            throw new Malformed("a PDU is shorter than a length in it says");
        }
        var octets = body.slice(at, at + count);
        at += count;
        return octets;
    }

    /// A C-octet string: what stands before the next NUL.
    String text() {
        int begin = at;
        while (octet() != 0) {
            if (at - begin > LONGEST_TEXT) {
                throw new Malformed("a text in a PDU is longer than any may be");
            }
        }
        return new String(body.slice(begin, at - 1).toArray(), StandardCharsets.ISO_8859_1);
    }

    /// All optional parameters, by tag; of a repeated one the first.
    Map<Integer, Bytes> parameters() {
        var parameters = new LinkedHashMap<Integer, Bytes>();
        while (at < body.length()) {
            int tag = pair();
            parameters.putIfAbsent(tag, octets(pair()));
        }
        return parameters;
    }
}
