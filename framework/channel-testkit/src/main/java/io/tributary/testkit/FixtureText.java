package io.tributary.testkit;

import io.tributary.model.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/// The form of a fixture: a first line, headers, an empty line, and the body to the last byte.
record FixtureText(String begin, Map<String, String> headers, Bytes body) {

    static Bytes request(String method, String address, Map<String, String> headers, Bytes body) {
        return text(method + " " + address, headers, body);
    }

    static Bytes answer(int status, Map<String, String> headers, Bytes body) {
        return text(Integer.toString(status), headers, body);
    }

    /// @throws IllegalArgumentException it is no fixture
    static FixtureText read(Bytes file) {
        var text = file.utf8();
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new IllegalArgumentException("a fixture has an empty line before its body");
        }
        var lines = text.substring(0, end).split("\n", -1);
        var headers = new LinkedHashMap<String, String>();
        for (int at = 1; at < lines.length; at++) {
            int colon = lines[at].indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("line " + (at + 1) + " is no header");
            }
            headers.put(lines[at].substring(0, colon), lines[at].substring(colon + 1).strip());
        }
        return new FixtureText(lines[0], headers, Bytes.utf8(text.substring(end + 2)));
    }

    private static Bytes text(String begin, Map<String, String> headers, Bytes body) {
        var text = new StringBuilder(begin).append('\n');
        headers.forEach((name, value) -> text.append(name + ": " + value + "\n"));
        return Bytes.utf8(text.append('\n').append(body.utf8()).toString());
    }
}
