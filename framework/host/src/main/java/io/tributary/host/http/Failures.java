package io.tributary.host.http;

import io.tributary.host.journal.JournalUnavailable;
import java.util.concurrent.CompletionException;

/// What callers are told of failures that nobody foresaw.
final class Failures {

    private Failures() {}

    static Problem problem(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case JournalUnavailable _ ->
                    Problems.busy("nothing can be stored or read at the moment");
            case CompletionException wrapped when wrapped.getCause() != null ->
                    problem(wrapped.getCause());
            default ->
                    new Problem(
                            ProblemType.INTERNAL,
                            "the member could not answer; its log says where, under the trace");
        };
    }
}
