package io.tributary.host.api;

import io.tributary.host.http.Answer;
import io.tributary.host.http.Body;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.media.TooLong;
import io.tributary.host.media.UploadTicket;
import io.tributary.host.media.Uploads;
import io.tributary.model.Bytes;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// Files that devices put, each with a ticket. On the pages' origin, and for pages of any other:
/// the ticket says all, and no cookie or token counts there.
final class UploadResources {

    private static final String TEMPLATE = "/channels/{account}/uploads/{ticket}";
    private static final String ORIGIN = "Access-Control-Allow-Origin";
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final Uploads uploads;

    UploadResources(Uploads uploads) {
        this.uploads = uploads;
    }

    void add(Routes routes) {
        routes.pages().upload(TEMPLATE, this::body, this::put);
        routes.pages().open("OPTIONS", TEMPLATE, _ -> preflight());
    }

    private UploadTicket ticket(Request request) {
        return uploads.read(request.need("account"), request.need("ticket"))
                .orElseThrow(() ->
                        new Problem(
                                        ProblemType.NOT_FOUND,
                                        "There is no such ticket, or it has ended.")
                                .header(ORIGIN, "*"));
    }

    private Body body(Request request) {
        UploadTicket ticket = ticket(request);
        return ticket.type().equals(UNKNOWN_TYPE)
                ? Body.any(ticket.bytes())
                : new Body(ticket.bytes(), Set.of(ticket.type()));
    }

    private Answer put(Request request) {
        if (request.body().isEmpty()) {
            throw new Problem(ProblemType.INVALID, "There is nothing in the body.")
                    .header(ORIGIN, "*");
        }
        try {
            return uploads.keep(ticket(request), request.body())
                    .map(UploadResources::refused)
                    .orElseGet(() -> new Answer.Whole(204, "", Bytes.EMPTY, Map.of(ORIGIN, "*")));
        } catch (TooLong tooLong) {
            throw new Problem(ProblemType.TOO_LARGE, "The file is larger than the ticket permits.")
                    .header(ORIGIN, "*");
        } catch (IOException full) {
            throw new Problem(ProblemType.UNAVAILABLE, "The file cannot be kept now.")
                    .header("Retry-After", "10")
                    .header(ORIGIN, "*");
        }
    }

    private static Answer refused(Uploads.Refusal refusal) {
        throw switch (refusal) {
            case USED ->
                    new Problem(ProblemType.CONFLICT, "The ticket was used before.")
                            .header(ORIGIN, "*");
            case OTHER_TYPE ->
                    new Problem(
                                    ProblemType.WRONG_TYPE,
                                    "The file is not of the type that the ticket says.")
                            .header(ORIGIN, "*");
        };
    }

    private static Answer preflight() {
        return new Answer.Whole(
                204,
                "",
                Bytes.EMPTY,
                Map.of(
                        ORIGIN,
                        "*",
                        "Access-Control-Allow-Methods",
                        "PUT",
                        "Access-Control-Allow-Headers",
                        "Content-Type",
                        "Access-Control-Max-Age",
                        "600"));
    }
}
