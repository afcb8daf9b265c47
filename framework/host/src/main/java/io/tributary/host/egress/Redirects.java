package io.tributary.host.egress;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.vertx.core.http.HttpClient;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Downloads from where an address leads, step by step, each step checked anew.
final class Redirects {

    private static final int MOST = 5;

    private final HttpClient client;
    private final EgressRules rules;
    private final Destination.Resolver resolver;
    private final long limit;
    private final Deadline deadline;

    Redirects(
            HttpClient client,
            EgressRules rules,
            Destination.Resolver resolver,
            long limit,
            Deadline deadline) {
        this.client = client;
        this.rules = rules;
        this.resolver = resolver;
        this.limit = limit;
        this.deadline = deadline;
    }

    /// @param headers sent to the first host and to no other
    /// @param course how far it came, told to `witness` when the answer is closed
    Download follow(URI first, Map<String, String> headers, Course course, Seen.Witness witness)
            throws Http.Failure, InterruptedException {
        try {
            URI at = AccountHttp.ascii(first);
            Destination to = Destination.of(at, rules, resolver);
            Destination origin = to;
            for (int hops = 0; hops <= MOST; hops++) {
                course.otherwise(Ending.BROKEN);
                Exchange exchange = begin(to, same(origin, to) ? headers : Map.of());
                course.head(exchange.status(), exchange.headers());
                URI next = nextOrClose(at, exchange);
                if (next == null) {
                    return new Download(exchange, course, witness);
                }
                course.otherwise(Ending.REFUSED);
                Destination then = Destination.of(next, rules, resolver);
                if (to.secure() && !then.secure()) {
                    throw new Refused("a redirect leads from https to http");
                }
                at = next;
                to = then;
            }
            throw new Refused("more than " + MOST + " redirects");
        } catch (Refused refused) {
            course.otherwise(Ending.REFUSED);
            throw new Http.Failure(AccountHttp.text(refused), false, refused);
        } catch (UnknownHostException unknown) {
            course.otherwise(Ending.UNREACHABLE);
            throw new Http.Failure("the host has no address", false, null);
        }
    }

    private Exchange begin(Destination to, Map<String, String> headers)
            throws Http.Failure, InterruptedException, Refused {
        var listed = new HashMap<String, List<String>>();
        headers.forEach((name, value) -> listed.put(name, List.of(value)));
        return Exchange.begin(client, to, Outgoing.of("GET", listed, Bytes.EMPTY), deadline, limit);
    }

    private static boolean same(Destination one, Destination other) {
        return one.host().equals(other.host())
                && one.port() == other.port()
                && one.secure() == other.secure();
    }

    /// Leaves the exchange open only where it is what was asked for.
    private static @Nullable URI nextOrClose(URI at, Exchange exchange) throws Refused {
        boolean done = false;
        try {
            URI next = next(at, exchange);
            done = next == null;
            return next;
        } finally {
            if (!done) {
                exchange.close();
            }
        }
    }

    private static @Nullable URI next(URI at, Exchange exchange) throws Refused {
        String location = exchange.header("location");
        boolean redirect =
                switch (exchange.status()) {
                    case 301, 302, 303, 307, 308 -> true;
                    default -> false;
                };
        if (!redirect || location == null) {
            return null;
        }
        try {
            return AccountHttp.ascii(at.resolve(location));
        } catch (IllegalArgumentException unreadable) {
            throw new Refused("a redirect leads nowhere that can be read");
        }
    }
}
