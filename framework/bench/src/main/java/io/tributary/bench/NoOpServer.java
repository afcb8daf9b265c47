package io.tributary.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;

/// The yardstick: a Vert.x server that reads a body and says 200, on as many event loops as there
/// are cores.
public final class NoOpServer {

    private NoOpServer() {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx();
        var options =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(() -> new Answering(port), options)
                .onSuccess(_ -> System.out.println("ready http://127.0.0.1:" + port))
                .onFailure(failed -> {
                    System.err.println("The no-op server did not start: " + failed.getMessage());
                    System.exit(1);
                });
    }

    private static final class Answering extends AbstractVerticle {
        private final int port;

        Answering(int port) {
            this.port = port;
        }

        @Override
        public void start() {
            vertx.createHttpServer()
                    .requestHandler(request ->
                            request.body()
                                    .onSuccess(
                                            _ -> request.response().end("<Response></Response>")))
                    .listen(port, "127.0.0.1");
        }
    }
}
