package io.tributary.host.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// One event loop's share of one port.
final class Listener extends VerticleBase {

    private static final long SWEEP_MILLIS = 500;

    private final Shared shared;
    private final RouteTable routes;
    private final Gates gates;
    private final int port;
    private final int frame;
    private @Nullable HttpServer server;

    /// Makes the gates of an event loop; none on ports that have none.
    @FunctionalInterface
    interface Gates {
        /// @param port tells the port once it is bound
        List<Gate> gates(io.vertx.core.Context context, Visitors visitors, IntSupplier port);
    }

    /// @param frame bytes of the largest message of a socket
    Listener(Shared shared, RouteTable routes, Gates gates, int port, int frame) {
        this.frame = frame;
        this.shared = shared;
        this.routes = routes;
        this.gates = gates;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var visitors = new Visitors(shared.limits(), shared.connections());
        var door = new ApiDoor(shared, routes, context, visitors);
        List<Gate> ways = gates.gates(context, visitors, this::port);
        vertx.setPeriodic(SWEEP_MILLIS, _ -> visitors.sweep());
        HttpServer made = vertx.createHttpServer(options());
        server = made;
        made.connectionHandler(visitors::came);
        made.requestHandler(request -> {
            Visitor visitor = visitors.of(request.connection());
            if (visitor.condemned()) {
                request.connection().close();
            } else if (ways.stream().noneMatch(way -> way.handle(request, visitor))) {
                door.handle(request, visitor);
            }
        });
        made.invalidRequestHandler(request -> {
            door.refuse(request, visitors.of(request.connection()), unreadable(request));
            request.connection().close();
        });
        return made.listen(port, shared.settings().host());
    }

    int port() {
        HttpServer made = server;
        if (made == null) {
            throw new IllegalStateException("not started");
        }
        return made.actualPort();
    }

    /// Refuses new connections, waits for answers under way, then closes.
    Future<Void> shutDown(Duration most) {
        HttpServer made = server;
        return made == null ? Future.succeededFuture() : made.shutdown(most);
    }

    private HttpServerOptions options() {
        HttpLimits limits = shared.limits();
        return new HttpServerOptions()
                .setMaxInitialLineLength(limits.requestLine())
                .setMaxHeaderSize(limits.headers())
                .setIdleTimeout((int) limits.idleTime().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setHandle100ContinueAutomatically(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                // the first of what the client offers is taken: the door has checked that it is a
                // token
                .setWebSocketSubProtocols(List.of("*"))
                .setMaxWebSocketFrameSize(frame)
                .setMaxWebSocketMessageSize(frame)
                .setWebSocketClosingTimeout(2)
                // all is written on the event loop, so a connection needs no queue of its own for
                // what other threads write: 5 kB each
                .setStrictThreadMode(true)
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setAcceptBacklog(1_024);
    }

    private static Problem unreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        return switch (cause) {
            case TooLongHttpLineException _ ->
                    new Problem(
                            ProblemType.URI_TOO_LONG,
                            "the request line is longer than this member reads");
            case TooLongHttpHeaderException _ ->
                    new Problem(
                            ProblemType.HEADERS_TOO_LARGE,
                            "the headers are larger than this member reads");
            default -> new Problem(ProblemType.MALFORMED, "this is not HTTP/1.1");
        };
    }
}
