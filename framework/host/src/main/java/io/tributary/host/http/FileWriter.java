package io.tributary.host.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// Answers with a file, or with the one range of it that was asked for (RFC 9110, section 14).
///
/// @param from the first byte
/// @param count how many
/// @param length of the whole file
record FileWriter(Answer.FromFile answer, long from, long count, long length) {

    /// Looks at the file; blocks.
    ///
    /// @param range the request's `Range`; null for none
    /// @throws Problem the file is gone, or has no such bytes
    static FileWriter of(Answer.FromFile answer, @Nullable String range) {
        long length;
        try {
            length = Files.size(answer.file());
        } catch (IOException _) {
            throw new Problem(ProblemType.NOT_FOUND, "the file is gone");
        }
        if (range == null || !range.startsWith("bytes=") || range.indexOf(',') >= 0) {
            return new FileWriter(answer, 0, length, length);
        }
        int dash = range.indexOf('-');
        long first = dash < 0 ? -1 : number(range.substring(6, dash), -1);
        long last = dash < 0 ? -1 : number(range.substring(dash + 1), -1);
        if (first < 0 && last < 0) {
            return new FileWriter(answer, 0, length, length);
        }
        long from = first < 0 ? Math.max(0, length - last) : first;
        long to = first < 0 || last < 0 ? length - 1 : Math.min(last, length - 1);
        if (from > to) {
            throw new Problem(ProblemType.NO_SUCH_RANGE, "the file has " + length + " bytes")
                    .with("length", length)
                    .header("Content-Range", "bytes */" + length);
        }
        return new FileWriter(answer, from, to - from + 1, length);
    }

    private static long number(String digits, long otherwise) {
        if (digits.isEmpty()
                || digits.length() > 18
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return otherwise;
        }
        return Long.parseLong(digits);
    }

    /// On the event loop.
    void write(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        boolean part = count < length;
        response.setStatusCode(part ? 206 : 200);
        Writer.guard(response, answer.headers());
        response.putHeader("Content-Type", answer.type());
        response.putHeader("Accept-Ranges", "bytes");
        response.putHeader("Content-Length", Long.toString(count));
        if (part) {
            response.putHeader(
                    "Content-Range", "bytes " + from + "-" + (from + count - 1) + "/" + length);
        }
        if (count == 0 || io.vertx.core.http.HttpMethod.HEAD.equals(request.method())) {
            response.end();
            return;
        }
        response.sendFile(answer.file().toString(), from, count)
                .onFailure(_ -> request.connection().close());
    }
}
