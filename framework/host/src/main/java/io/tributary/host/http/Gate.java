package io.tributary.host.http;

import io.vertx.core.http.HttpServerRequest;

/// A way in that is tried before any route is looked at, on one event loop.
interface Gate {

    /// @return false: the request is not for this gate
    boolean handle(HttpServerRequest request, Visitor visitor);
}
