package io.tributary.bench;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicBoolean;

/// A provider that takes every message at once, or none for an hour, and counts them.
///
/// `POST …/Messages.json` is a message, `POST /later` puts most off for an hour.
public final class InstantProvider {

    /// Of what is put off one in so many is taken: where nothing was, the member would leave the
    /// account alone.
    private static final int TAKEN = 4;

    private static final Tally.Counter COUNTER = new Tally.Counter();
    private static final AtomicBoolean LATER = new AtomicBoolean();

    private InstantProvider() {}

    public static void main(String[] arguments) {
        EventLoops.serve(Integer.parseInt(arguments[0]), InstantProvider::answer);
    }

    private static void answer(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (path.equals("/begin")) {
            LATER.set(false);
        }
        if (EventLoops.tells(COUNTER, request)) {
            return;
        }
        if (path.equals("/later")) {
            LATER.set(true);
            request.response().end();
        } else {
            message(request, path);
        }
    }

    private static void message(HttpServerRequest request, String path) {
        if (!path.endsWith("/Messages.json")) {
            request.response().end("{\"status\":\"active\"}");
            return;
        }
        long number = COUNTER.next();
        var response = request.response().putHeader("Content-Type", "application/json");
        if (LATER.get() && number % TAKEN != 0) {
            response.setStatusCode(400)
                    .putHeader("Retry-After", "3600")
                    .end("{\"code\":30008,\"message\":\"Unknown error\",\"status\":400}");
        } else {
            response.setStatusCode(201)
                    .end(
                            "{\"sid\":\"SM%032x\",\"status\":\"queued\"}"
                                    .formatted(System.nanoTime()));
        }
    }
}
