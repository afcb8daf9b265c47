package io.tributary.samples.cluster;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A WebSocket on its way to a member: once both sides have agreed, bytes go to and fro until one
/// of them ends it.
final class Tunnel {

    private static final int SWITCHING = 101;

    private final HttpClient client;
    private final HttpServerRequest request;
    private final Deque<Upstream> left = new ArrayDeque<>();

    Tunnel(HttpClient client, HttpServerRequest request) {
        this.client = client;
        this.request = request;
    }

    /// @param order members to try
    void open(List<Upstream> order) {
        left.addAll(order);
        next();
    }

    private void next() {
        Upstream member = left.poll();
        if (member == null) {
            request.response().setStatusCode(503).end();
            return;
        }
        client.request(new RequestOptions().setServer(member.address()).setURI(request.uri()))
                .compose(made -> {
                    made.exceptionHandler(_ -> {});
                    made.authority(request.authority());
                    Headers.pass(request.headers(), made.headers());
                    made.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
                    Headers.forwarded(request, made.headers());
                    return made.connect();
                })
                .onComplete(
                        answer -> {
                            if (answer.statusCode() == 503 && !left.isEmpty()) {
                                // else it would keep a place in the pool
                                answer.request().reset();
                                next();
                            } else {
                                agreed(answer);
                            }
                        },
                        unreachable -> {
                            member.ready(false);
                            next();
                        });
    }

    private void agreed(HttpClientResponse answer) {
        request.response().setStatusCode(answer.statusCode());
        Headers.pass(answer.headers(), request.response().headers());
        if (answer.statusCode() != SWITCHING) {
            request.resume();
            answer.body()
                    .onComplete(
                            body -> {
                                request.response().end(body);
                                answer.request().reset();
                            },
                            cut -> request.connection().close());
            return;
        }
        request.response().putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
        NetSocket there = answer.netSocket();
        there.pause();
        request.toNetSocket()
                .onComplete(
                        here -> {
                            here.pipeTo(there);
                            there.pipeTo(here);
                        },
                        gone -> there.close());
    }
}
