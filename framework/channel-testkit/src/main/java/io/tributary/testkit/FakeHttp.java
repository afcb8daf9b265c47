package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Real HTTP to the loopback and nowhere else, without redirects, bounded in time and size.
final class FakeHttp implements Http, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Duration patience;
    private @Nullable HttpClient client;

    FakeHttp(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Answer send(Call call) throws Failure, InterruptedException {
        calls.add(call);
        refuseElsewhere(call.uri());
        var answering =
                client().sendAsync(
                                request(call),
                                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            var answer = answering.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(
                    answer.statusCode(), answer.headers().map(), Bytes.wrap(answer.body()));
        } catch (TimeoutException slow) {
            throw new Failure("no whole answer in time", true, slow);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause());
        } finally {
            // Ends what is still under way, where it was interrupted or took too long.
            answering.cancel(true);
        }
    }

    private static Failure failure(@Nullable Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? new Failure("no connection to the provider", false, cause)
                : new Failure("no whole answer from the provider", true, cause);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    /// Made when first needed: a client has a thread, and most tests call nobody.
    private synchronized HttpClient client() {
        var made = client;
        if (made == null) {
            made =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(CONNECT)
                            .build();
            client = made;
        }
        return made;
    }

    private static HttpRequest request(Call call) {
        var request =
                HttpRequest.newBuilder(call.uri())
                        .method(
                                call.method(),
                                HttpRequest.BodyPublishers.ofByteArray(call.body().toArray()));
        call.headers()
                .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.build();
    }

    /// Names other than `localhost` are not even looked up: that would be network, too.
    private static void refuseElsewhere(URI uri) throws Failure {
        var host = uri.getHost();
        if (!host.equals("localhost") && !isLoopbackLiteral(host)) {
            throw new Failure("a test may call the loopback only, not " + host, false, null);
        }
    }

    private static boolean isLoopbackLiteral(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
