package io.tributary.host.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// What one event loop does with requests that are no webhooks.
final class ApiDoor {

    private final Shared shared;
    private final RouteTable routes;
    private final Context context;
    private final Visitors visitors;

    ApiDoor(Shared shared, RouteTable routes, Context context, Visitors visitors) {
        this.shared = shared;
        this.routes = routes;
        this.context = context;
        this.visitors = visitors;
    }

    void handle(HttpServerRequest request, Visitor visitor) {
        visitor.answering();
        shared.origins().admit(request.headers(), request.response());
        String method = request.method().name();
        if (shared.origins().preflight(method, request.headers())) {
            visitor.answered(visitors.now());
            shared.origins().allow(request.response());
            return;
        }
        try {
            dispatch(request, visitor, method);
        } catch (Problem problem) {
            refuse(request, visitor, problem);
        }
    }

    private void dispatch(HttpServerRequest request, Visitor visitor, String method) {
        if (shared.stopping()) {
            throw Problems.stopping();
        }
        Problem unclear = BodyReader.unclear(request);
        if (unclear != null) {
            throw unclear;
        }
        String path = request.path();
        if (path == null || !path.startsWith("/")) {
            throw new Problem(ProblemType.MALFORMED, "the request's path must begin with a slash");
        }
        switch (routes.find(method, path)) {
            case RouteTable.Found.Here here -> new Exchange(this, request, visitor, here).begin();
            case RouteTable.Found.OtherMethods others ->
                    throw Problems.otherMethods(others.allowed());
            case RouteTable.Found.Nothing _ -> throw Problems.notFound();
        }
    }

    /// Refuses what belongs to no route.
    void refuse(HttpServerRequest request, Visitor visitor, Problem problem) {
        String trace = Traces.of(request.getHeader("traceparent"));
        String path = request.path();
        visitor.answered(visitors.now());
        shared.unmatched().record(problem.type().status(), System.nanoTime());
        Writer.spurn(shared.vertx(), request, visitor, problem);
        request.response().putHeader("traceparent", trace);
        Writer.whole(request.response(), Problems.answer(problem, path == null ? "" : path, trace));
    }

    Visitors visitors() {
        return visitors;
    }

    void onLoop(Runnable work) {
        context.runOnContext(_ -> work.run());
    }

    void onVirtualThread(Work work, Consumer<Throwable> otherwise) {
        shared.threads()
                .execute(() -> {
                    try {
                        work.run();
                    } catch (Throwable failure) {
                        otherwise.accept(failure);
                    }
                });
    }

    /// Something that may fail in any way.
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    long now() {
        return visitors.now();
    }

    Shared shared() {
        return shared;
    }

    Context context() {
        return context;
    }
}
