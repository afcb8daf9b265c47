package io.tributary.testkit;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// As much of HTTP/1.1 as a provider in a test needs.
final class HttpWire {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    private HttpWire() {}

    /// Waits between two bytes.
    @FunctionalInterface
    interface Pause {
        /// @return whether it is all over
        boolean over(Duration time) throws IOException;
    }

    /// Reads one request to its end.
    ///
    /// @param first its first byte, which was read already
    /// @throws IOException the client hung up within it, or sends no HTTP
    static Asked read(int first, InputStream input) throws IOException {
        var lines = head(first, input).lines().toList();
        var begin = lines.getFirst().split(" ", 3);
        if (begin.length < 3) {
            throw new IOException("no HTTP");
        }
        var headers = new TreeMap<String, List<String>>();
        for (var line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                line.substring(0, colon).toLowerCase(Locale.ROOT),
                                _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return new Asked(begin[0], begin[1], headers, body(headers, input));
    }

    /// Writes an answer, or as much of it as comes.
    ///
    /// @return whether all of it was written
    static boolean write(Turn.Answer answer, OutputStream output, Pause pause) throws IOException {
        var head = new StringBuilder("HTTP/1.1 " + answer.status() + " Scripted\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (answer.status() >= 200 && answer.status() != 204 && answer.status() != 304) {
            head.append("content-length: " + answer.body().length() + "\r\n");
        }
        head.append("\r\n");
        var bytes = head.toString().getBytes(StandardCharsets.UTF_8);
        int cut = answer.cutAfter().orElse(Integer.MAX_VALUE);
        output.write(bytes, 0, cut < 0 ? bytes.length / 2 : bytes.length);
        var body = answer.body().slice(0, Math.clamp(cut, 0, answer.body().length()));
        if (answer.pause().isZero()) {
            body.writeTo(output);
        }
        output.flush();
        for (int at = 0; !answer.pause().isZero() && at < body.length(); at++) {
            if (pause.over(answer.pause())) {
                return false;
            }
            output.write(body.at(at));
            output.flush();
        }
        return answer.cutAfter().isEmpty();
    }

    private static String head(int first, InputStream input) throws IOException {
        var head = new ByteArrayOutputStream();
        head.write(first);
        int newlines = 0;
        while (newlines < 2) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the client hung up within the head");
            }
            if (head.size() == LONGEST_HEAD) {
                throw new IOException("a head of more than " + LONGEST_HEAD + " bytes");
            }
            head.write(next);
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    private static Bytes body(Map<String, List<String>> headers, InputStream input)
            throws IOException {
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return chunks(input);
        }
        var length = headers.get("content-length");
        return length == null ? Bytes.EMPTY : exactly(number(length.getFirst(), 10), input);
    }

    private static Bytes chunks(InputStream input) throws IOException {
        var body = new ByteArrayOutputStream();
        long size;
        do {
            size = number(line(input), 16);
            exactly(size, input).writeTo(body);
            line(input);
        } while (size > 0);
        return Bytes.wrap(body.toByteArray());
    }

    private static Bytes exactly(long length, InputStream input) throws IOException {
        if (length < 0 || length > LARGEST_BODY) {
            throw new IOException("a body of " + length + " bytes");
        }
        var body = input.readNBytes((int) length);
        if (body.length < length) {
            throw new IOException("the client hung up within the body");
        }
        return Bytes.wrap(body);
    }

    private static String line(InputStream input) throws IOException {
        var line = new StringBuilder();
        int next;
        while ((next = input.read()) != '\n') {
            if (next < 0 || line.length() > 32) {
                throw new IOException("a broken chunk");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException broken) {
            throw new IOException("a broken length", broken);
        }
    }
}
