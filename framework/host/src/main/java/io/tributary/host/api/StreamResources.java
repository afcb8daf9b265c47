package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.agents.Agents;
import io.tributary.host.agents.Refusal;
import io.tributary.host.agents.Sink;
import io.tributary.host.agents.Subscription;
import io.tributary.host.agents.Watched;
import io.tributary.host.cluster.Attendance;
import io.tributary.host.cluster.Who;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.Bytes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The unified stream, live and by pages.
final class StreamResources {

    private static final long LONGEST_WAIT_SECONDS = 30;

    private final Agents agents;
    private final Attendance attendance;

    StreamResources(Agents agents, Attendance attendance) {
        this.agents = agents;
        this.attendance = attendance;
    }

    void add(Routes routes) {
        routes.feed("/v1/stream", Scope.INTERACTIONS_READ, this::open);
        routes.add(
                "GET", "/v1/interactions", Scope.INTERACTIONS_READ, 0, Refusals.told(this::page));
        routes.add(
                "GET",
                "/v1/interactions/{id}",
                Scope.INTERACTIONS_READ,
                0,
                Refusals.told(this::one));
    }

    private Routes.Subscription open(
            Request request, Principal principal, @Nullable String cursor, Routes.Sink sink) {
        try {
            Query query =
                    Query.of(
                            request,
                            "after",
                            "channel",
                            "account",
                            "conversation",
                            "customer",
                            "direction",
                            "type",
                            "signals");
            Filter filter = agents.filters().of(request.query(), principal);
            String from = cursor == null ? agents.cursors().now() : cursor;
            long position = agents.cursors().need(from);
            Watched watched =
                    Boolean.TRUE.equals(query.flag("signals")) ? watched(request, principal) : null;
            var subscription = agents.streams().open(filter, position, watched, new Reader(sink));
            var agent = new Who.Agent(principal.id());
            attendance.came(agent);
            return new Following(subscription, () -> attendance.went(agent));
        } catch (Refusal refusal) {
            throw Refusals.problem(refusal);
        } catch (JournalUnavailable unavailable) {
            throw Refusals.problem(unavailable);
        }
    }

    /// A signal is no interaction: it has neither a type nor a customer by which one could choose.
    private Watched watched(Request request, Principal principal) {
        for (String unfit : List.of("channel", "customer", "direction", "type")) {
            if (request.query(unfit) != null) {
                throw new Problem(
                        ProblemType.MALFORMED,
                        "Query: `signals` goes with `account` and `conversation`, not with `"
                                + unfit
                                + "`.");
            }
        }
        return agents.filters().watched(request.query(), principal);
    }

    private Answer page(Request request) throws InterruptedException {
        Query query =
                Query.of(
                        request,
                        "after",
                        "limit",
                        "last",
                        "wait",
                        "channel",
                        "account",
                        "conversation",
                        "customer",
                        "direction",
                        "type");
        Filter filter = agents.filters().of(request.query(), request.principal());
        String after = query.text("after");
        Long last = query.number("last", 0, 1000);
        if (last != null) {
            if (after != null) {
                throw new Problem(
                        ProblemType.MALFORMED, "Query: name `after` or `last`, not both.");
            }
            return json(agents.pages().last(last.intValue(), filter));
        }
        Long wait = query.number("wait", 0, LONGEST_WAIT_SECONDS);
        long position = agents.cursors().need(after == null ? agents.cursors().oldest() : after);
        return json(
                agents.pages()
                        .page(
                                position,
                                filter,
                                query.limit(),
                                Duration.ofSeconds(wait == null ? 0 : wait)));
    }

    private Answer one(Request request) {
        return agents.pages()
                .one(Ids.interaction(request), request.principal())
                .map(StreamResources::json)
                .orElseThrow(() -> Ids.notFound("interaction"));
    }

    static Answer json(Bytes body) {
        return new Answer.Whole(200, "application/json", body, java.util.Map.of());
    }

    /// A reader of the stream on the other side of HTTP.
    private final class Reader implements Sink {

        private final Routes.Sink sink;

        Reader(Routes.Sink sink) {
            this.sink = sink;
        }

        @Override
        public boolean ready() {
            return sink.ready();
        }

        @Override
        public void event(String cursor, String type, Bytes data) {
            sink.event(cursor, type, data);
        }

        @Override
        public void signal(String type, Bytes data) {
            sink.signal(type, data);
        }

        @Override
        public void heartbeat(String cursor) {
            sink.heartbeat(cursor);
        }

        @Override
        public void flush() {
            sink.flush();
        }

        @Override
        public void end(Ending why) {
            sink.end(Refusals.ending(why, agents.cursors().oldest()));
        }
    }

    /// @param left runs once, when the reader is gone
    private record Following(Subscription subscription, Runnable left)
            implements Routes.Subscription {

        @Override
        public void drained() {
            subscription.drained();
        }

        @Override
        public void close() {
            subscription.close();
            left.run();
        }
    }
}
