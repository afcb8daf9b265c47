package io.tributary.samples.cluster;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// What may be sent to a second member when nobody knows whether the first one took it.
final class Repeats {

    private Repeats() {}

    /// Harmless are methods that change nothing; webhooks, which a channel recognises by their
    /// provider's own ids wherever in the cluster they arrive; and whatever carries an
    /// `Idempotency-Key`. A `PUT` is not: the second one may be refused as a change that came after
    /// another one.
    static boolean harmless(HttpServerRequest request) {
        return switch (request.method().name()) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> request.headers().contains("Idempotency-Key") || webhook(request.path());
        };
    }

    private static boolean webhook(@Nullable String path) {
        return path != null && path.matches("/channels/[^/]+/webhook(/.*)?");
    }
}
