package io.tributary.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// A provider that takes every message at once, or none for an hour, and counts them.
public final class InstantProvider {

    private static final AtomicLong COUNT = new AtomicLong();
    private static final AtomicLong FIRST = new AtomicLong();
    private static final AtomicLong LAST = new AtomicLong();

    /// Of what is put off one in so many is taken: where nothing was, the member would leave the
    /// account alone.
    private static final int TAKEN = 4;

    private static final AtomicBoolean LATER = new AtomicBoolean();

    private InstantProvider() {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx();
        var options =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(() -> new Answering(port), options)
                .onSuccess(_ -> System.out.println("ready http://127.0.0.1:" + port))
                .onFailure(failed -> {
                    System.err.println("The provider did not start: " + failed.getMessage());
                    System.exit(1);
                });
    }

    /// `POST …/Messages.json` is a message; `POST /begin` counts anew, `POST /later` puts most off
    /// for an hour; `GET /count` tells how many came, and nanoseconds from the first to the last.
    private static final class Answering extends AbstractVerticle {
        private final int port;

        Answering(int port) {
            this.port = port;
        }

        @Override
        public void start() {
            vertx.createHttpServer()
                    .requestHandler(request -> request.body().onSuccess(_ -> answer(request)))
                    .listen(port, "127.0.0.1");
        }

        private static void answer(HttpServerRequest request) {
            String path = String.valueOf(request.path());
            switch (path) {
                case "/begin" -> {
                    COUNT.set(0);
                    LATER.set(false);
                    request.response().end();
                }
                case "/later" -> {
                    LATER.set(true);
                    request.response().end();
                }
                case "/count" ->
                        request.response().end(COUNT.get() + " " + (LAST.get() - FIRST.get()));
                default -> message(request, path);
            }
        }

        private static void message(HttpServerRequest request, String path) {
            if (!path.endsWith("/Messages.json")) {
                request.response().end("{\"status\":\"active\"}");
                return;
            }
            long number = COUNT.incrementAndGet();
            long now = System.nanoTime();
            if (number == 1) {
                FIRST.set(now);
            }
            LAST.set(now);
            var response = request.response().putHeader("Content-Type", "application/json");
            if (LATER.get() && number % TAKEN != 0) {
                response.setStatusCode(500)
                        .putHeader("Retry-After", "3600")
                        .end("{\"code\":30008,\"message\":\"Unknown error\",\"status\":500}");
            } else {
                response.setStatusCode(201)
                        .end("{\"sid\":\"SM%032x\",\"status\":\"queued\"}".formatted(now));
            }
        }
    }
}
