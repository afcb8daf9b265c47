package io.tributary.host.http;

import io.tributary.host.access.Authenticator.Verdict;
import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request to a route, from its headers to its answer. Its fields are used on the request's
/// event loop; the endpoint and the look-up of an unknown token run on virtual threads in between.
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /// Stands for everybody on routes that take no token.
    private static final Principal ANYBODY =
            new Principal("anybody", "anybody", Set.of(), Set.<AccountId>of());

    private final ApiDoor door;
    private final HttpServerRequest request;
    private final Visitor visitor;
    private final Route route;
    private final Map<String, String> variables;
    private final String remote;
    private final String trace;
    private final long began = System.nanoTime();
    private Principal principal = ANYBODY;

    Exchange(ApiDoor door, HttpServerRequest request, Visitor visitor, RouteTable.Found.Here here) {
        this.door = door;
        this.request = request;
        this.visitor = visitor;
        this.route = here.route();
        this.variables = here.variables();
        this.remote = door.shared().remote(request, visitor);
        this.trace = Traces.of(request.getHeader("traceparent"));
    }

    void begin() {
        visitor.answering();
        request.response().putHeader("traceparent", trace);
        if (route.scope() == null) {
            authenticated();
            return;
        }
        boolean socket = wantsSocket();
        if (socket && !door.shared().origins().admitsSocket(request.headers())) {
            refuse(
                    new Problem(
                            ProblemType.FORBIDDEN,
                            "pages of this origin may not open a WebSocket here"));
            return;
        }
        String bearer = socket ? Bearer.ofSocket(request.headers()) : Bearer.of(request.headers());
        if (bearer == null) {
            refuse(Problems.unauthenticated("the request carries no bearer token"));
            return;
        }
        Principal known = door.shared().authenticator().remembered(bearer);
        if (known != null) {
            principal = known;
            authenticated();
        } else {
            lookUp(bearer);
        }
    }

    private void lookUp(String bearer) {
        request.pause();
        door.onVirtualThread(
                () -> {
                    Verdict verdict = door.shared().authenticator().authenticate(bearer, remote);
                    door.onLoop(() -> decided(verdict));
                },
                this::failed);
    }

    private void decided(Verdict verdict) {
        switch (verdict) {
            case Verdict.Known known -> {
                principal = known.principal();
                authenticated();
            }
            case Verdict.Unknown _ ->
                    refuse(Problems.unauthenticated("the token is not known, or was revoked"));
            case Verdict.TooMany many ->
                    refuse(
                            new Problem(
                                            ProblemType.TOO_MANY,
                                            "too many wrong tokens came from this address")
                                    .header(
                                            "Retry-After",
                                            Long.toString(Math.max(1, many.until().toSeconds()))));
        }
    }

    private void authenticated() {
        Scope scope = route.scope();
        if (scope != null && !principal.may(scope)) {
            refuse(new Problem(ProblemType.FORBIDDEN, "the token needs the scope " + scope.text()));
            return;
        }
        switch (route.work()) {
            case Route.Work.Feed feed -> {
                try {
                    door.shared().feeds().open(this, feed.feed(), wantsSocket());
                } catch (Problem problem) {
                    refuse(problem);
                }
            }
            case Route.Work.Whole whole -> takeBody(whole.endpoint(), route.body());
            case Route.Work.Admitted admitted -> {
                try {
                    takeBody(admitted.endpoint(), admitted.admission().of(asked(Bytes.EMPTY)));
                } catch (Problem problem) {
                    refuse(problem);
                }
            }
        }
    }

    private void takeBody(Endpoint endpoint, Body taken) {
        boolean announced =
                request.headers().contains("Content-Length")
                        || request.headers().contains("Transfer-Encoding");
        if (!announced || "0".equals(request.getHeader("Content-Length"))) {
            request.resume();
            run(endpoint, Bytes.EMPTY, door.shared().bodies().portion());
            return;
        }
        Problem objection = BodyReader.objection(request, taken.limit());
        if (objection == null) {
            objection = wrongType(taken);
        }
        if (objection != null) {
            refuse(objection);
            return;
        }
        if (request.headers().contains("Expect")) {
            request.response().writeContinue();
        }
        BodyReader.read(
                request,
                visitor,
                door.now(),
                taken.limit(),
                door.shared().bodies(),
                (body, portion) -> run(endpoint, body, portion),
                this::refuse);
    }

    private @Nullable Problem wrongType(Body taken) {
        String type = request.getHeader("Content-Type");
        if (taken.takes(type == null ? "" : type)) {
            return null;
        }
        return new Problem(
                        ProblemType.WRONG_TYPE,
                        "the body's Content-Type is missing or not taken here")
                .with("accepts", taken.types().stream().sorted().toList());
    }

    private void run(Endpoint endpoint, Bytes body, BodyBudget.Portion portion) {
        if (!door.shared().begin()) {
            portion.giveBack();
            refuse(Problems.busy("too many requests are under way"));
            return;
        }
        Request asked;
        try {
            asked = asked(body);
        } catch (Problem problem) {
            door.shared().end();
            portion.giveBack();
            refuse(problem);
            return;
        }
        door.onVirtualThread(
                () -> {
                    try {
                        answer(endpoint.answer(asked));
                    } catch (Problem problem) {
                        door.onLoop(() -> refuse(problem));
                    } finally {
                        door.shared().end();
                        portion.giveBack();
                    }
                },
                this::failed);
    }

    private void answer(Answer answer) {
        switch (answer) {
            case Answer.Whole whole -> door.onLoop(() -> write(whole));
            case Answer.FromFile file -> {
                FileWriter writer = FileWriter.of(file, request.getHeader("Range"));
                door.onLoop(() -> {
                    if (!request.response().closed()) {
                        finished();
                        writer.write(request);
                    }
                });
            }
        }
    }

    /// On a virtual thread: what the endpoint threw may quote what somebody sent, so only its kind
    /// and place are logged.
    private void failed(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        LOG.error(
                "request failed route={} {} trace={} failure={} at={}",
                route.method(),
                route.template(),
                Traces.id(trace),
                failure.getClass().getName(),
                stack.length == 0 ? "unknown" : stack[0]);
        door.onLoop(() -> refuse(Failures.problem(failure)));
    }

    /// What the endpoint or feed is given.
    ///
    /// @throws Problem the query cannot be read
    Request asked(Bytes body) {
        String query = request.query();
        return new Request(
                request.method().name(),
                variables,
                UrlText.query(query == null ? "" : query),
                new HeaderView(request.headers()),
                body,
                principal,
                remote,
                trace);
    }

    void refuse(Problem problem) {
        if (!request.response().ended() && !request.response().closed()) {
            Writer.spurn(door.shared().vertx(), request, visitor, problem);
            write(
                    Problems.answer(
                            problem,
                            java.util.Objects.requireNonNullElse(request.path(), "/"),
                            trace));
        }
    }

    private void write(Answer.Whole whole) {
        if (!request.response().ended() && !request.response().closed()) {
            finished(whole.status());
            Writer.whole(request.response(), whole);
        }
    }

    private void finished() {
        request.response().endHandler(_ -> finished(request.response().getStatusCode()));
    }

    void finished(int status) {
        visitor.answered(door.now());
        route.timers().record(status, began);
    }

    /// It is a WebSocket now: no request's deadline concerns it.
    void shaken(ServerWebSocket socket) {
        route.timers().record(101, began);
        door.visitors().shaken(visitor, socket);
    }

    boolean wantsSocket() {
        return request.headers().contains("Upgrade", "websocket", true);
    }

    HttpServerRequest request() {
        return request;
    }

    Principal principal() {
        return principal;
    }

    ApiDoor door() {
        return door;
    }

    void failedToOpen(Throwable failure) {
        if (failure instanceof Problem problem) {
            door.onLoop(() -> refuse(problem));
        } else {
            failed(failure);
        }
    }
}
