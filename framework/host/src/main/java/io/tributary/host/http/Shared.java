package io.tributary.host.http;

import io.tributary.host.access.Authenticator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// What all event loops of the server share. Thread safe.
final class Shared {

    private final Vertx vertx;
    private final HttpSettings settings;
    private final Authenticator authenticator;
    private final Executor threads;
    private final Origins origins;
    private final Feeds feeds;
    private final RouteTimers unmatched;
    private final BodyBudget bodies;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean stopping;

    Shared(
            Vertx vertx,
            HttpSettings settings,
            Authenticator authenticator,
            Executor threads,
            Feeds feeds,
            RouteTimers unmatched) {
        this.vertx = vertx;
        this.settings = settings;
        this.authenticator = authenticator;
        this.threads = threads;
        this.origins = new Origins(settings.origins(), settings.publicUrl());
        this.feeds = feeds;
        this.unmatched = unmatched;
        this.bodies = new BodyBudget(settings.limits().bodies());
    }

    /// The caller's address, with the proxies that are trusted taken off.
    String remote(HttpServerRequest request, Visitor visitor) {
        return settings.proxies().none()
                ? visitor.peer()
                : settings.proxies()
                        .client(visitor.peer(), request.headers().getAll("X-Forwarded-For"));
    }

    /// Counts a request of the APIs in.
    ///
    /// @return false: there are too many
    boolean begin() {
        if (underWay.incrementAndGet() > settings.limits().requests()) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    void end() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    Vertx vertx() {
        return vertx;
    }

    HttpSettings settings() {
        return settings;
    }

    HttpLimits limits() {
        return settings.limits();
    }

    Authenticator authenticator() {
        return authenticator;
    }

    Executor threads() {
        return threads;
    }

    Origins origins() {
        return origins;
    }

    Feeds feeds() {
        return feeds;
    }

    BodyBudget bodies() {
        return bodies;
    }

    RouteTimers unmatched() {
        return unmatched;
    }

    AtomicInteger connections() {
        return connections;
    }
}
