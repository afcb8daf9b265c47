package io.tributary.host.egress;

import io.tributary.spi.Http;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One request and its answer, whose body is still to be read. Closing cuts the connection unless
/// all of it was read.
final class Exchange implements AutoCloseable {

    private final HttpClientRequest request;
    private final Begun begun;

    private record Begun(HttpClientResponse response, BodyStream body, Context loop) {}

    private Exchange(HttpClientRequest request, Begun begun) {
        this.request = request;
        this.begun = begun;
    }

    /// Blocks until the answer's head is there.
    ///
    /// @throws Http.Failure there is none; it says whether the server may have seen the request
    static Exchange begin(
            HttpClient client, Destination to, Outgoing call, Deadline deadline, long limit)
            throws Http.Failure, InterruptedException {
        HttpClientRequest request = connect(client, to, call, deadline);
        // Asked for before the request goes out: the answer must not be over before somebody reads
        // it.
        var answer = request.response().map(response -> begun(response, deadline, limit));
        request.end(Buffer.buffer(call.body().toArray())).onFailure(_ -> request.reset());
        try {
            return new Exchange(request, deadline.await(answer));
        } catch (TimeoutException late) {
            request.reset();
            throw new Http.Failure(to.host() + " did not answer in time", true, null);
        } catch (ExecutionException failed) {
            throw new Http.Failure(
                    to.host() + ": the connection broke before the answer", true, text(failed));
        } catch (InterruptedException interrupted) {
            request.reset();
            throw interrupted;
        }
    }

    private static Begun begun(HttpClientResponse response, Deadline deadline, long limit) {
        Context loop = Vertx.currentContext();
        if (loop == null) {
            throw new IllegalStateException("an answer came outside of its event loop");
        }
        return new Begun(response, new BodyStream(response, loop, deadline, limit), loop);
    }

    /// To the first address that takes the connection: until then nothing was written.
    private static HttpClientRequest connect(
            HttpClient client, Destination to, Outgoing call, Deadline deadline)
            throws Http.Failure, InterruptedException {
        Throwable last = null;
        for (InetAddress address : to.addresses()) {
            var connected = client.request(options(to, address, call));
            try {
                return deadline.await(connected);
            } catch (TimeoutException late) {
                connected.onSuccess(HttpClientRequest::reset);
                throw new Http.Failure(to.host() + " took no connection in time", false, null);
            } catch (ExecutionException failed) {
                last = text(failed);
            } catch (InterruptedException interrupted) {
                connected.onSuccess(HttpClientRequest::reset);
                throw interrupted;
            }
        }
        throw new Http.Failure(to.host() + " takes no connection", false, last);
    }

    private static RequestOptions options(Destination to, InetAddress address, Outgoing call) {
        var options = new RequestOptions();
        options.setMethod(HttpMethod.valueOf(call.method()))
                .setServer(SocketAddress.inetSocketAddress(to.port(), address.getHostAddress()))
                .setHost(to.host())
                .setPort(to.port())
                .setSsl(to.secure())
                .setURI(to.path());
        options.addHeader("accept-encoding", "identity");
        for (Outgoing.Header header : call.headers()) {
            options.addHeader(header.name(), header.value());
        }
        return options;
    }

    /// Only what went wrong: causes of the client hold addresses and internals.
    private static Throwable text(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return cause == null ? failed : cause;
    }

    int status() {
        return begun.response().statusCode();
    }

    BodyStream body() {
        return begun.body();
    }

    /// By lower-case name.
    Map<String, List<String>> headers() {
        var headers = new HashMap<String, List<String>>();
        for (var header : begun.response().headers()) {
            headers.computeIfAbsent(
                            header.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                    .add(header.getValue());
        }
        return headers;
    }

    @Nullable String header(String name) {
        return begun.response().getHeader(name);
    }

    @Override
    public void close() {
        if (!begun.body().finished()) {
            begun.loop().runOnContext(_ -> request.reset());
        }
    }
}
