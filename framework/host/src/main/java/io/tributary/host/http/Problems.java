package io.tributary.host.http;

import io.tributary.model.Bytes;
import java.util.Map;
import java.util.Set;

/// The wire form of refusals.
final class Problems {

    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    /// @param instance the request's path; empty where there is none
    /// @param trace a `traceparent`; empty where there is none
    static Map<String, Object> object(Problem problem, String instance, String trace) {
        Map<String, Object> object = problem.members();
        if (!instance.isEmpty()) {
            object.put("instance", instance);
        }
        if (!trace.isEmpty()) {
            object.put("trace", Traces.id(trace));
        }
        return object;
    }

    static Answer.Whole answer(Problem problem, String instance, String trace) {
        Bytes body = JsonText.bytes(object(problem, instance, trace));
        return new Answer.Whole(problem.type().status(), MEDIA_TYPE, body, problem.headers());
    }

    static Problem notFound() {
        return new Problem(ProblemType.NOT_FOUND, "nothing is served under this path");
    }

    static Problem otherMethods(Set<String> allowed) {
        String list = String.join(", ", allowed);
        return new Problem(ProblemType.METHOD_NOT_ALLOWED, "the path takes " + list)
                .header("Allow", list);
    }

    static Problem unauthenticated(String detail) {
        return new Problem(ProblemType.UNAUTHENTICATED, detail)
                .header("WWW-Authenticate", "Bearer");
    }

    static Problem tooLarge(long limit) {
        return new Problem(ProblemType.TOO_LARGE, "the body may have " + limit + " bytes")
                .with("limit", limit);
    }

    static Problem busy(String what) {
        return new Problem(ProblemType.UNAVAILABLE, what).header("Retry-After", "1");
    }

    static Problem stopping() {
        return new Problem(
                        ProblemType.UNAVAILABLE,
                        "the member is stopping; another one or the next start will do")
                .header("Retry-After", "2");
    }
}
