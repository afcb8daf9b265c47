package io.tributary.host.inbound;

import io.tributary.model.Bytes;
import io.tributary.spi.WebhookReply;

/// What the host itself answers to a webhook: problems in the form of RFC 9457. None says more than
/// the status does, since the caller may be anybody.
final class Replies {

    static final WebhookReply UNKNOWN = problem(404, "not-found", "There is nothing here");
    static final WebhookReply MALFORMED = problem(400, "malformed", "The request cannot be read");
    static final WebhookReply FAILED = problem(500, "internal", "The member failed");
    static final WebhookReply UNAVAILABLE =
            problem(503, "unavailable", "The member cannot do this now");
    private static final WebhookReply UNAUTHENTICATED =
            problem(401, "unauthenticated", "The request is not genuine");
    private static final WebhookReply FORBIDDEN =
            problem(403, "forbidden", "The request is not allowed");

    private Replies() {}

    static WebhookReply refused(int status) {
        return switch (status) {
            case 400 -> MALFORMED;
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> UNKNOWN;
            default -> WebhookReply.status(status);
        };
    }

    private static WebhookReply problem(int status, String slug, String title) {
        return new WebhookReply(
                status,
                "application/problem+json",
                Bytes.utf8(
                        "{\"type\":\"/problems/"
                                + slug
                                + "\",\"title\":\""
                                + title
                                + "\",\"status\":"
                                + status
                                + "}"));
    }
}
