package io.tributary.samples.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One request on its way to a member, or to the next one. Only its event loop comes here.
final class Passage {

    /// Above that, a body is not kept to be sent again.
    private static final long LARGEST_KEPT = 1_000_000;

    /// Less than providers have: the next member needs some of it.
    private static final long PATIENCE_MILLIS = 10_000;

    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final HttpClient client;
    private final HttpServerRequest request;
    private final AtomicLong repeated;
    private final Deque<Upstream> left = new ArrayDeque<>();
    private @Nullable Buffer body;
    private boolean gone;

    Passage(Vertx vertx, HttpClient client, HttpServerRequest request, AtomicLong repeated) {
        this.vertx = vertx;
        this.client = client;
        this.request = request;
        this.repeated = repeated;
    }

    /// @param order members to try
    void begin(List<Upstream> order) {
        left.addAll(order);
        request.response().closeHandler(_ -> gone = true);
        if (large()) {
            request.pause();
            connect();
        } else {
            request.body()
                    .onSuccess(whole -> {
                        body = whole;
                        connect();
                    });
        }
    }

    private boolean large() {
        String length = request.getHeader("Content-Length");
        return request.headers().contains("Transfer-Encoding")
                || (length != null
                        && (length.length() > 9 || Long.parseLong(length) > LARGEST_KEPT));
    }

    private void connect() {
        Upstream member = left.poll();
        if (gone) {
            return;
        }
        if (member == null) {
            refuse(UNAVAILABLE, "No member can be reached.");
            return;
        }
        Future<HttpClientRequest> made;
        try {
            made =
                    client.request(
                            new RequestOptions()
                                    .setServer(member.address())
                                    .setMethod(request.method())
                                    .setURI(request.uri()));
        } catch (IllegalStateException _) {
            refuse(UNAVAILABLE, "This front ends.");
            return;
        }
        made.onComplete(
                begun -> send(member, begun),
                unreachable -> {
                    // nothing was sent: another one may have anything
                    member.ready(false);
                    again();
                });
    }

    private void again() {
        repeated.incrementAndGet();
        connect();
    }

    private void send(Upstream member, HttpClientRequest made) {
        // what breaks is told by the answer that does not come
        made.exceptionHandler(_ -> {});
        made.authority(request.authority());
        Headers.pass(request.headers(), made.headers());
        Headers.forwarded(request, made.headers());
        if (gone) {
            made.reset();
            return;
        }
        request.response()
                .closeHandler(_ -> {
                    gone = true;
                    made.reset();
                });
        Buffer whole = body;
        boolean repeatable = whole != null && Repeats.harmless(request);
        // whoever stands still keeps connections open and answers nobody
        long impatience =
                repeatable ? vertx.setTimer(PATIENCE_MILLIS, _ -> made.reset()) : Long.MIN_VALUE;
        var answered = whole == null ? made.send(request) : made.send(whole);
        answered.onComplete(
                answer -> {
                    vertx.cancelTimer(impatience);
                    if (answer.statusCode() == UNAVAILABLE && repeatable && !left.isEmpty()) {
                        answer.resume();
                        again();
                    } else {
                        give(answer);
                    }
                },
                broken -> {
                    vertx.cancelTimer(impatience);
                    member.ready(false);
                    if (repeatable && !gone) {
                        again();
                    } else {
                        refuse(502, "The member did not answer.");
                    }
                });
    }

    private void give(HttpClientResponse answer) {
        HttpServerResponse response = request.response();
        if (gone) {
            answer.request().reset();
            return;
        }
        response.setStatusCode(answer.statusCode());
        Headers.pass(answer.headers(), response.headers());
        if (bodiless(answer)) {
            answer.end().onComplete(_ -> response.end());
            return;
        }
        // an endless answer begins before there is anything in it
        if (!response.headers().contains("Content-Length")) {
            response.setChunked(true);
            response.writeHead();
        }
        answer.pipeTo(response)
                // half an answer must not look like a whole one
                .onFailure(_ -> request.connection().close());
    }

    private boolean bodiless(HttpClientResponse answer) {
        return request.method().equals(HttpMethod.HEAD)
                || answer.statusCode() == 204
                || answer.statusCode() == 304;
    }

    private void refuse(int status, String why) {
        HttpServerResponse response = request.response();
        if (!gone && !response.headWritten()) {
            response.setStatusCode(status).putHeader("Content-Type", "text/plain").end(why + "\n");
        }
    }
}
