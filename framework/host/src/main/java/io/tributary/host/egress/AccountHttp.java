package io.tributary.host.egress;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The way out of one account: checked, bounded, traced; see [Http]. Thread safe; calls block, on
/// virtual threads.
public final class AccountHttp implements Http, AutoCloseable {

    private final AccountId account;
    private final HttpClient client;
    private final EgressRules rules;
    private final EgressLimits limits;
    private final Destination.Resolver resolver;
    private final EgressTrace trace;
    private final Semaphore places;
    private volatile boolean closed;

    AccountHttp(
            AccountId account,
            HttpClient client,
            EgressRules rules,
            EgressLimits limits,
            Destination.Resolver resolver,
            EgressTrace trace) {
        this.account = account;
        this.client = client;
        this.rules = rules;
        this.limits = limits;
        this.resolver = resolver;
        this.trace = trace;
        this.places = new Semaphore(limits.atOnce());
    }

    /// Sends one request.
    ///
    /// @throws IllegalStateException the account is closed
    @Override
    public Answer send(Call call) throws Failure, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the account " + account + " is closed");
        }
        long begun = System.nanoTime();
        String host = Objects.requireNonNullElse(call.uri().getHost(), "");
        try {
            Answer answer = exchange(call);
            trace.answered(
                    account, call.method(), host, answer.status(), System.nanoTime() - begun);
            return answer;
        } catch (Failure failure) {
            trace.failed(
                    account,
                    call.method(),
                    host,
                    Objects.toString(failure.getMessage(), ""),
                    System.nanoTime() - begun);
            throw failure;
        }
    }

    private Answer exchange(Call call) throws Failure, InterruptedException {
        var deadline = new Deadline(limits.whole());
        enter(deadline);
        try {
            Outgoing outgoing = Outgoing.of(call.method(), call.headers(), call.body());
            Destination to = Destination.of(ascii(call.uri()), rules, resolver);
            try (Exchange exchange =
                    Exchange.begin(client, to, outgoing, deadline, limits.body())) {
                return whole(exchange, to);
            }
        } catch (Refused refused) {
            throw new Failure(text(refused), false, null);
        } catch (UnknownHostException unknown) {
            throw new Failure("the host has no address", false, null);
        } finally {
            places.release();
        }
    }

    private static Answer whole(Exchange exchange, Destination to)
            throws Failure, InterruptedException {
        String encoding = exchange.header("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Failure(
                    to.host() + " answered compressed, which was not asked for", true, null);
        }
        try {
            byte[] body = exchange.body().readAllBytes();
            return new Answer(exchange.status(), exchange.headers(), Bytes.wrap(body));
        } catch (InterruptedIOException _) {
            throw new InterruptedException("interrupted while an answer was being read");
        } catch (IOException broken) {
            throw new Failure(to.host() + ": " + text(broken), true, null);
        }
    }

    /// Begins a download for the host itself: follows redirects, each checked like the first
    /// address.
    ///
    /// @param headers sent to the first host and to no other
    /// @param limit most bytes
    /// @throws Failure no answer came, or the rules forbid it
    public Download download(URI uri, Map<String, String> headers, long limit, Duration whole)
            throws Failure, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the account " + account + " is closed");
        }
        return new Redirects(client, rules, resolver, limit, new Deadline(whole))
                .follow(uri, headers);
    }

    private void enter(Deadline deadline) throws Failure, InterruptedException {
        if (!places.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
            throw new Failure("too many requests of this account are under way", false, null);
        }
    }

    static URI ascii(URI uri) throws Refused {
        try {
            return URI.create(uri.toASCIIString());
        } catch (IllegalArgumentException unreadable) {
            throw new Refused("the address cannot be written in ASCII");
        }
    }

    static String text(@Nullable Throwable failure) {
        return failure == null ? "" : Objects.toString(failure.getMessage(), "");
    }

    /// Cuts what is under way and refuses what comes.
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
