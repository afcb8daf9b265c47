package io.tributary.host.http;

import io.tributary.host.access.Authenticator;
import io.tributary.model.Bytes;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The feeds that are open, over either wire.
final class Feeds implements Authenticator.TokenChanges {

    private final HttpLimits limits;
    private final Map<ClientSink, String> open = new ConcurrentHashMap<>();
    private final RevokedTokens revoked = new RevokedTokens();

    Feeds(HttpLimits limits) {
        this.limits = limits;
    }

    int size() {
        return open.size();
    }

    /// On the event loop.
    void open(Exchange exchange, Routes.Feed feed, boolean socket) {
        if (open.size() >= limits.feeds()) {
            exchange.refuse(Problems.busy("too many streams are open"));
            return;
        }
        if (socket) {
            overSocket(exchange, feed);
        } else {
            overEvents(exchange, feed);
        }
    }

    /// Ends all of a token's feeds, those that are just being opened as well.
    @Override
    public void revoked(String token) {
        revoked.add(token);
        open.forEach((sink, owner) -> {
            if (owner.equals(token)) {
                sink.end(gone());
            }
        });
    }

    @Override
    public void given(String token) {
        revoked.remove(token);
    }

    private static Problem gone() {
        return Problems.unauthenticated("the token was revoked");
    }

    void stop() {
        open.keySet().forEach(ClientSink::stop);
    }

    private void overEvents(Exchange exchange, Routes.Feed feed) {
        HttpServerRequest request = exchange.request();
        request.resume();
        var sink =
                new EventStreamSink(
                        request, exchange.door().context(), limits.unsent(), this::leave);
        request.response().closeHandler(_ -> leave(sink));
        Request asked = exchange.asked(Bytes.EMPTY);
        exchange.door()
                .onVirtualThread(
                        () -> {
                            var subscription =
                                    feed.open(asked, exchange.principal(), cursor(asked), sink);
                            exchange.door()
                                    .onLoop(() -> {
                                        if (sink.hasEnded()) {
                                            subscription.close();
                                            return;
                                        }
                                        enter(sink, exchange);
                                        request.response().endHandler(_ -> exchange.finished(200));
                                        sink.head();
                                        sink.begin(subscription);
                                    });
                        },
                        exchange::failedToOpen);
    }

    /// The feed is opened before the handshake, so that a refusal is an ordinary answer.
    private void overSocket(Exchange exchange, Routes.Feed feed) {
        HttpServerRequest request = exchange.request();
        if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            exchange.refuse(
                    new Problem(ProblemType.UPGRADE_REQUIRED, "WebSocket version 13 is spoken here")
                            .header("Sec-WebSocket-Version", "13"));
            return;
        }
        request.pause();
        Request asked = exchange.asked(Bytes.EMPTY);
        var door = new LateSink();
        exchange.door()
                .onVirtualThread(
                        () -> {
                            var subscription =
                                    feed.open(asked, exchange.principal(), cursor(asked), door);
                            exchange.door().onLoop(() -> shake(exchange, subscription, door));
                        },
                        exchange::failedToOpen);
    }

    private void shake(Exchange exchange, Routes.Subscription subscription, LateSink door) {
        exchange.request()
                .toWebSocket()
                .onComplete(
                        socket -> {
                            var sink =
                                    new SocketSink(
                                            socket, exchange.door().context(), limits.unsent());
                            sink.watch(() -> leave(sink));
                            exchange.shaken(socket);
                            enter(sink, exchange);
                            door.become(sink);
                            sink.begin(subscription);
                        },
                        _ -> subscription.close());
    }

    /// The token may have been revoked since it was looked up: then either this sees it, or whoever
    /// revokes it sees the sink.
    private void enter(ClientSink sink, Exchange exchange) {
        String owner = exchange.principal().id();
        open.put(sink, owner);
        if (revoked.contains(owner)) {
            sink.end(gone());
        }
    }

    private void leave(ClientSink sink) {
        open.remove(sink);
        sink.gone();
    }

    private static @Nullable String cursor(Request request) {
        String last = request.header("last-event-id");
        String cursor = last == null || last.isEmpty() ? request.query("after") : last;
        return cursor;
    }
}
