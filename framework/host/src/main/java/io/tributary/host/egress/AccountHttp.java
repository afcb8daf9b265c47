package io.tributary.host.egress;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The way out of one account: checked, bounded, traced; see [Http]. Thread safe; calls block, on
/// virtual threads.
public final class AccountHttp implements Http, AutoCloseable {

    private final Course.Who who;
    private final HttpClient client;
    private final EgressRules rules;
    private final EgressLimits limits;
    private final Destination.Resolver resolver;
    private final EgressTrace trace;
    private final Seen.Witness witness;
    private final Semaphore places;
    private volatile boolean closed;

    AccountHttp(
            Course.Who who,
            HttpClient client,
            EgressRules rules,
            EgressLimits limits,
            Destination.Resolver resolver,
            EgressTrace trace,
            Seen.Witness witness) {
        this.who = who;
        this.client = client;
        this.rules = rules;
        this.limits = limits;
        this.resolver = resolver;
        this.trace = trace;
        this.witness = witness;
        this.places = new Semaphore(limits.atOnce());
    }

    /// Sends one request.
    ///
    /// @throws IllegalStateException the account is closed
    @Override
    public Answer send(Call call) throws Failure, InterruptedException {
        refuseClosed();
        var course = new Course(who, Course.What.of(call));
        var deadline = new Deadline(limits.whole());
        String host = Objects.requireNonNullElse(call.uri().getHost(), "");
        try {
            Answer answer = exchange(call, course, deadline);
            trace.answered(who.account(), call.method(), host, answer.status(), course.nanos());
            witness.saw(course.answered(answer.body()));
            return answer;
        } catch (Failure failure) {
            trace.failed(
                    who.account(),
                    call.method(),
                    host,
                    Objects.toString(failure.getMessage(), ""),
                    course.nanos());
            witness.saw(course.failed(failure, deadline));
            throw failure;
        } catch (InterruptedException interrupted) {
            witness.saw(course.interrupted());
            throw interrupted;
        }
    }

    private void refuseClosed() {
        if (closed) {
            throw new IllegalStateException("the account " + who.account() + " is closed");
        }
    }

    private Answer exchange(Call call, Course course, Deadline deadline)
            throws Failure, InterruptedException {
        course.otherwise(Ending.BUSY);
        enter(deadline);
        try {
            course.otherwise(Ending.REFUSED);
            Outgoing outgoing = Outgoing.of(call.method(), call.headers(), call.body());
            Destination to = Destination.of(ascii(call.uri()), rules, resolver);
            course.otherwise(Ending.BROKEN);
            try (Exchange exchange =
                    Exchange.begin(client, to, outgoing, deadline, limits.body())) {
                course.head(exchange.status(), exchange.headers());
                return whole(exchange, to);
            }
        } catch (Refused refused) {
            throw new Failure(text(refused), false, null);
        } catch (UnknownHostException unknown) {
            course.otherwise(Ending.UNREACHABLE);
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
        refuseClosed();
        var course = new Course(who, asked(uri, headers));
        var deadline = new Deadline(whole);
        try {
            return new Redirects(client, rules, resolver, limit, deadline)
                    .follow(uri, headers, course, witness);
        } catch (Failure failure) {
            witness.saw(course.failed(failure, deadline));
            throw failure;
        } catch (InterruptedException interrupted) {
            witness.saw(course.interrupted());
            throw interrupted;
        }
    }

    private static Course.What asked(URI uri, Map<String, String> headers) {
        var listed = new HashMap<String, List<String>>();
        headers.forEach((name, value) -> listed.put(name, List.of(value)));
        return new Course.What("GET", uri, listed, Bytes.EMPTY);
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
