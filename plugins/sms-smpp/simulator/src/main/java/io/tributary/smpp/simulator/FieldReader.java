package io.tributary.smpp.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads fields of a body. What is missing is an [IndexOutOfBoundsException].
final class FieldReader {

    private final byte[] body;
    private int at;

    FieldReader(byte[] body) {
        this.body = body;
    }

    int octet() {
        return body[at++] & 0xFF;
    }

    private int pair() {
        return octet() * 0x100 + octet();
    }

    String text() {
        int begin = at;
        while (octet() != 0) {
            // on to the NUL
        }
        return new String(body, begin, at - 1 - begin, StandardCharsets.ISO_8859_1);
    }

    /// A type, a plan and digits: with a plus where they are a number of the world.
    String address() {
        int type = octet();
        octet();
        var digits = text();
        return type == 1 ? "+" + digits : digits;
    }

    byte[] bytes(int count) {
        if (count > body.length - at) {
            throw new IndexOutOfBoundsException("a length points beyond the end");
        }
        at += count;
        return Arrays.copyOfRange(body, at - count, at);
    }

    /// The optional parameter of that tag; empty where there is none.
    byte[] parameter(int tag) {
        while (at + 4 <= body.length) {
            int found = pair();
            var value = bytes(pair());
            if (found == tag) {
                return value;
            }
        }
        return new byte[0];
    }
}
