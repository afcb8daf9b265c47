package io.tributary.host.egress;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the host itself posts, to addresses that others named: checked like those of accounts, with
/// TLS unless an operator named the place, and without a step further where the answer leads
/// elsewhere. Thread safe; calls block, on virtual threads.
public final class Posting implements AutoCloseable {

    /// Read so that the connection can be used again; what is longer is cut off.
    private static final int MOST_READ = 16 << 10;

    private static final Duration LONGEST_READ = Duration.ofSeconds(1);

    private final HttpClient client;
    private final EgressRules rules;
    private final Duration whole;
    private final Destination.Resolver resolver;

    /// The head of an answer: nobody wants the rest.
    ///
    /// @param retryAfter as it was written; null: it was not
    public record Answer(int status, @Nullable String retryAfter) {}

    Posting(HttpClient client, EgressRules rules, Duration whole, Destination.Resolver resolver) {
        this.client = client;
        this.rules = rules;
        this.whole = whole;
        this.resolver = resolver;
    }

    /// Whether something may be posted there. Blocking: the host is looked up.
    ///
    /// @throws Refused the rules forbid it, or the host has no address
    public void check(URI uri) throws Refused {
        try {
            var _ = destination(uri);
        } catch (UnknownHostException unknown) {
            throw new Refused("the host has no address");
        }
    }

    /// Posts, and does not wait for more of the answer than its head, but for what is short.
    /// Whoever is interrupted when the head is there gets it, and stays interrupted.
    ///
    /// @throws Http.Failure no answer came, or the rules forbid it
    public Answer post(URI uri, Map<String, String> headers, Bytes body)
            throws Http.Failure, InterruptedException {
        var listed = new HashMap<String, List<String>>();
        headers.forEach((name, value) -> listed.put(name, List.of(value)));
        var deadline = new Deadline(whole);
        try {
            Outgoing outgoing = Outgoing.of("POST", listed, body);
            Destination to = destination(uri);
            try (Exchange exchange = Exchange.begin(client, to, outgoing, deadline, MOST_READ)) {
                drain(exchange);
                return new Answer(exchange.status(), exchange.header("retry-after"));
            }
        } catch (Refused refused) {
            throw new Http.Failure(AccountHttp.text(refused), false, null);
        } catch (UnknownHostException unknown) {
            throw new Http.Failure("the host has no address", false, null);
        }
    }

    private Destination destination(URI uri) throws Refused, UnknownHostException {
        Destination to = Destination.of(AccountHttp.ascii(uri), rules, resolver);
        boolean named =
                to.addresses().stream().allMatch(address -> rules.names(to.host(), address));
        if (!to.secure() && !named) {
            throw new Refused(
                    "http without TLS goes only to what an operator named under egress.allow");
        }
        return to;
    }

    /// Whatever comes of it: the answer is known already.
    private static void drain(Exchange exchange) {
        if (exchange.status() != 204 && !isShort(exchange.header("content-length"))) {
            return;
        }
        BodyStream body = exchange.body();
        body.hurry(LONGEST_READ);
        try {
            var _ = body.readAllBytes();
        } catch (IOException broken) {
            // or late, or interrupted: the connection is cut when the exchange is closed
        }
    }

    private static boolean isShort(@Nullable String length) {
        try {
            return length != null && Long.parseLong(length) <= MOST_READ;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    /// Cuts what is under way.
    @Override
    public void close() {
        client.close();
    }
}
