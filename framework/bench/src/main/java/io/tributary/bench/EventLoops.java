package io.tributary.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// A Vert.x server on as many event loops as there are cores, as a process of its own.
final class EventLoops {

    private EventLoops() {}

    /// Serves until the process ends, and says when it does as [Server] waits for it.
    ///
    /// @param answering what is done with a request whose body has come
    static void serve(int port, Consumer<HttpServerRequest> answering) {
        Vertx vertx = Vertx.vertx();
        var options =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(() -> new Serving(port, answering), options)
                .onSuccess(_ -> System.out.println("ready http://127.0.0.1:" + port))
                .onFailure(failed -> {
                    System.err.println("The server did not start: " + failed.getMessage());
                    System.exit(1);
                });
    }

    /// Tells what was counted: `POST /begin` counts anew, `GET /count` tells the [Tally].
    ///
    /// @return whether that was asked for
    static boolean tells(Tally.Counter counter, HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/begin" -> {
                counter.begin();
                request.response().end();
            }
            case "/count" -> request.response().end(counter.now().toString());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static final class Serving extends AbstractVerticle {
        private final int port;
        private final Consumer<HttpServerRequest> answering;

        Serving(int port, Consumer<HttpServerRequest> answering) {
            this.port = port;
            this.answering = answering;
        }

        @Override
        public void start() {
            vertx.createHttpServer()
                    .requestHandler(
                            request -> request.body().onSuccess(_ -> answering.accept(request)))
                    .listen(port, "127.0.0.1");
        }
    }
}
