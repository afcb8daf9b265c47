package io.tributary.samples.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What everybody else calls: a reverse proxy that hands each request to the next member.
///
/// It asks every member's `/health/ready` five times a second and sends nothing to one that is not
/// ready. What a member could not take it sends to the next one where that does no harm
/// ([Repeats]). WebSockets and endless answers are passed through. For a real cluster take a real
/// proxy: `docs/operations.md` says how.
final class Front implements AutoCloseable {

    private static final long LOOK_MILLIS = 200;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int LOOK_TIMEOUT_MILLIS = 2_000;

    private final Vertx vertx;
    private final int port;
    private final HttpClientAgent client;
    private final List<Upstream> members;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile long looking = -1;
    private final AtomicLong repeated = new AtomicLong();

    private Front(Vertx vertx, int port, List<Upstream> members) {
        this.vertx = vertx;
        this.port = port;
        this.members = members;
        this.client =
                vertx.httpClientBuilder()
                        .with(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS))
                        .with(new PoolOptions().setHttp1MaxSize(512))
                        // members are killed here; whoever waited for an answer is told
                        .withConnectHandler(each -> each.exceptionHandler(_ -> {}))
                        .build();
    }

    /// Starts one on the loopback.
    ///
    /// @throws IOException the port is taken
    static Front start(int port, List<URI> members) throws IOException, InterruptedException {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        var front = new Front(vertx, port, members.stream().map(Upstream::new).toList());
        try {
            vertx.createHttpServer(
                            new HttpServerOptions()
                                    .setHost("127.0.0.1")
                                    .setPort(port)
                                    .setHandle100ContinueAutomatically(true))
                    .connectionHandler(each -> each.exceptionHandler(_ -> {}))
                    .requestHandler(front::handle)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException taken) {
            front.close();
            throw new IOException("The front cannot listen on port " + port + ".", taken);
        }
        front.looking = vertx.setPeriodic(0, LOOK_MILLIS, _ -> front.members.forEach(front::look));
        return front;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// How many members it sends to right now.
    int ready() {
        return (int) members.stream().filter(Upstream::ready).count();
    }

    /// How often it had to ask a second member, since the last call.
    long repeated() {
        return repeated.getAndSet(0);
    }

    private void look(Upstream member) {
        var health =
                new RequestOptions()
                        .setServer(member.address())
                        .setURI("/health/ready")
                        .setTimeout(LOOK_TIMEOUT_MILLIS);
        client.request(health)
                .compose(request -> request.exceptionHandler(_ -> {}).send())
                .compose(answer -> answer.end().map(answer.statusCode() == 200))
                .onComplete(is -> member.ready(is), unreachable -> member.ready(false));
    }

    private void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)
                && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.pause();
            new Tunnel(client, request).open(order());
        } else {
            new Passage(vertx, client, request, repeated).begin(order());
        }
    }

    /// Members to try, those that are ready first; each request begins with another one.
    private List<Upstream> order() {
        int first = Math.floorMod(turn.getAndIncrement(), members.size());
        List<Upstream> order = new ArrayList<>();
        List<Upstream> others = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Upstream each = members.get((first + i) % members.size());
            (each.ready() ? order : others).add(each);
        }
        order.addAll(others);
        return order;
    }

    @Override
    public void close() {
        vertx.cancelTimer(looking);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
