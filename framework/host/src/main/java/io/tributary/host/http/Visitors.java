package io.tributary.host.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The connections of one event loop. A sweep each second keeps the deadlines of all of them, so
/// that a request costs no timer.
final class Visitors {

    private final Map<HttpConnection, Visitor> open = new HashMap<>();
    private final HttpLimits limits;
    private final AtomicInteger everywhere;

    /// @param everywhere counts the connections of all event loops
    Visitors(HttpLimits limits, AtomicInteger everywhere) {
        this.limits = limits;
        this.everywhere = everywhere;
    }

    void came(HttpConnection connection) {
        connection.closeHandler(_ -> went(connection));
        open.put(
                connection,
                new Visitor(connection, connection.remoteAddress().hostAddress(), now()));
        if (everywhere.incrementAndGet() > limits.connections()) {
            connection.close();
        }
    }

    /// Who is not known is gone already: nothing that still comes from there is answered.
    Visitor of(HttpConnection connection) {
        Visitor known = open.get(connection);
        if (known != null) {
            return known;
        }
        var late = new Visitor(connection, connection.remoteAddress().hostAddress(), now());
        late.condemn();
        return late;
    }

    /// Milliseconds of a steady clock.
    long now() {
        return System.nanoTime() / 1_000_000;
    }

    void sweep() {
        long now = now();
        for (Visitor visitor : new ArrayList<>(open.values())) {
            visitor.check(now, limits);
        }
    }

    /// It is a WebSocket from now on: no request's deadline concerns it, and nothing is kept of it
    /// but that it counts until it is closed. The server no longer tells of its end by the
    /// connection, so the channel does.
    void shaken(Visitor visitor, ServerWebSocket socket) {
        if (open.remove(visitor.connection()) == null) {
            return;
        }
        ((WebSocketInternal) socket)
                .channelHandlerContext()
                .channel()
                .closeFuture()
                .addListener(_ -> everywhere.decrementAndGet());
    }

    private void went(HttpConnection connection) {
        Visitor gone = open.remove(connection);
        if (gone != null) {
            everywhere.decrementAndGet();
            gone.gone();
        }
    }
}
