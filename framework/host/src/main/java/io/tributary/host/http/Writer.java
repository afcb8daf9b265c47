package io.tributary.host.http;

import io.tributary.model.Bytes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/// Writes answers, on the event loop of their request.
final class Writer {

    private static final long LINGER_MILLIS = 300;

    /// Bodies of less than 100 kB.
    private static final int SMALL_DIGITS = 5;

    private Writer() {}

    /// The headers that every answer to a person or an app has, unless it says otherwise.
    static void guard(HttpServerResponse response, Map<String, String> own) {
        response.putHeader("X-Content-Type-Options", "nosniff");
        putUnless(response, own, "Cache-Control", "no-store");
        putUnless(response, own, "Referrer-Policy", "no-referrer");
        putUnless(
                response,
                own,
                "Content-Security-Policy",
                "default-src 'none'; frame-ancestors 'none'");
        own.forEach(response::putHeader);
    }

    static void whole(HttpServerResponse response, Answer.Whole answer) {
        response.setStatusCode(answer.status());
        guard(response, answer.headers());
        end(response, answer.type(), answer.body());
    }

    static void end(HttpServerResponse response, String type, Bytes body) {
        if (!type.isEmpty()) {
            response.putHeader("Content-Type", type);
        }
        if (body.isEmpty()) {
            response.end();
        } else {
            response.end(buffer(body));
        }
    }

    static Buffer buffer(Bytes bytes) {
        return Buffer.buffer(bytes.toArray());
    }

    /// Prepares the refusal of a request, whose body may be still on its way.
    ///
    /// A small one is read and thrown away, so that the connection can be used again. Of a large,
    /// late or unclear one, what comes is thrown away for a moment, so that the answer gets
    /// through; then the connection ends, and nothing on it is taken for a request.
    static void spurn(Vertx vertx, HttpServerRequest request, Visitor visitor, Problem problem) {
        if (request.isEnded()) {
            return;
        }
        request.handler(_ -> {});
        if (problem.type() != ProblemType.TOO_SLOW && small(request)) {
            request.resume();
            return;
        }
        visitor.condemn();
        request.response().putHeader("Connection", "close");
        var connection = request.connection();
        request.response().endHandler(_ -> vertx.setTimer(LINGER_MILLIS, _ -> connection.close()));
        request.resume();
    }

    /// Who asks first whether to go on, and is told no, may or may not send the body.
    private static boolean small(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return !request.headers().contains("Transfer-Encoding")
                && !request.headers().contains("Expect")
                && (length == null || length.length() <= SMALL_DIGITS);
    }

    private static void putUnless(
            HttpServerResponse response, Map<String, String> own, String name, String value) {
        if (!own.containsKey(name)) {
            response.putHeader(name, value);
        }
    }
}
