package io.tributary.host.api;

import io.tributary.host.agents.Refusal;
import io.tributary.host.agents.Sink;
import io.tributary.host.http.Endpoint;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.journal.JournalUnavailable;

/// Refusals of the rooms below as problems of HTTP.
final class Refusals {

    private Refusals() {}

    /// The endpoint, whose refusals become problems.
    static Endpoint told(Endpoint endpoint) {
        return request -> {
            try {
                return endpoint.answer(request);
            } catch (Refusal refusal) {
                throw problem(refusal);
            } catch (JournalUnavailable unavailable) {
                throw problem(unavailable);
            }
        };
    }

    static Problem problem(JournalUnavailable unavailable) {
        return new Problem(ProblemType.UNAVAILABLE, String.valueOf(unavailable.getMessage()))
                .header("Retry-After", "5");
    }

    static Problem problem(Refusal refusal) {
        Problem problem = new Problem(type(refusal.why()), sentence(refusal.text()));
        return refusal.oldest() == null ? problem : problem.with("oldest", refusal.oldest());
    }

    private static ProblemType type(Refusal.Why why) {
        return switch (why) {
            case INVALID -> ProblemType.MALFORMED;
            case NOT_FOUND -> ProblemType.NOT_FOUND;
            case BAD_CURSOR -> ProblemType.BAD_CURSOR;
            case EXPIRED -> ProblemType.CURSOR_EXPIRED;
            case CLAIMED -> ProblemType.CLAIMED;
            case CLOSED -> ProblemType.CLOSED;
            case BUSY -> ProblemType.CONFLICT;
        };
    }

    static Problem ending(Sink.Ending why, String oldest) {
        return switch (why) {
            case STUCK ->
                    new Problem(
                            ProblemType.TOO_MANY,
                            "The client took nothing for too long; resume from the last cursor.");
            case EXPIRED ->
                    new Problem(
                                    ProblemType.CURSOR_EXPIRED,
                                    "The client is further behind than what is kept; load anew.")
                            .with("oldest", oldest);
            case UNAVAILABLE ->
                    new Problem(
                            ProblemType.UNAVAILABLE,
                            "The log cannot be read at the moment; resume from the last cursor.");
        };
    }

    private static String sentence(String text) {
        String capital = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
