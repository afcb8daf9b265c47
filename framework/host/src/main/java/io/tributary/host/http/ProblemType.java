package io.tributary.host.http;

/// Every refusal there is: its slug, status, title, and what the caller can do, as its page says.
public enum ProblemType {
    MALFORMED(
            400,
            "malformed",
            "The request cannot be read",
            "Correct the place that `detail` or `errors` names."),
    BAD_CURSOR(
            400,
            "bad-cursor",
            "The cursor is not one of this deployment",
            "Use cursors as they were given, and only here."),
    UNAUTHENTICATED(
            401,
            "unauthenticated",
            "No valid token",
            "Send `Authorization: Bearer <token>`; an operator makes tokens."),
    FORBIDDEN(
            403,
            "forbidden",
            "The token may not do this",
            "Ask an operator for a token with the scope that `detail` names."),
    NOT_FOUND(
            404,
            "not-found",
            "There is nothing here",
            "Check the path and the id; a token sees its own accounts only."),
    METHOD_NOT_ALLOWED(
            405,
            "method-not-allowed",
            "The path does not take this method",
            "See the `Allow` header."),
    CONFLICT(409, "conflict", "It is no longer so", "Read again, decide again, send again."),
    NEWER_CONTENT(
            409,
            "newer-content",
            "Somebody wrote meanwhile",
            "Show the author what came after `expectedPosition`, then send again."),
    CLAIMED(
            409,
            "claimed",
            "Another agent holds the conversation",
            "Ask them to release or transfer it."),
    CLOSED(409, "closed", "The conversation is closed", "Start a new conversation."),
    FROM_FILE(
            409,
            "from-file",
            "The account is configured in a file",
            "Change tributary.yaml on the member."),
    IN_FLIGHT(409, "in-flight", "A request with this key is under way", "Wait for its answer."),
    CURSOR_EXPIRED(
            410,
            "cursor-expired",
            "The cursor is older than what is kept",
            "Begin at `oldest` and load the snapshot anew."),
    TOO_SLOW(
            408,
            "too-slow",
            "The request came too slowly",
            "Send the whole request within the time that `detail` names."),
    TOO_LARGE(413, "too-large", "The body is too large", "See `limit`, in bytes."),
    URI_TOO_LONG(414, "uri-too-long", "The request line is too long", "Shorten the query."),
    WRONG_TYPE(415, "wrong-type", "The media type is not taken here", "See `accepts`."),
    NO_SUCH_RANGE(
            416, "no-such-range", "The file has no such bytes", "Ask for a range within `length`."),
    INVALID(
            422,
            "invalid",
            "The request says something that cannot be",
            "Correct what `errors` lists."),
    KEY_REUSED(
            422,
            "key-reused",
            "The idempotency key was used for another request",
            "Make a new key for each new request."),
    CANNOT_SEND(
            422,
            "cannot-send",
            "The channel cannot carry this",
            "See `reason` and `alternatives`."),
    UPGRADE_REQUIRED(
            426, "upgrade-required", "This WebSocket version is not spoken", "Speak version 13."),
    TOO_MANY(429, "too-many", "Too many requests", "Wait for `Retry-After` seconds."),
    HEADERS_TOO_LARGE(
            431,
            "headers-too-large",
            "The headers are too large",
            "Send fewer or shorter headers."),
    INTERNAL(500, "internal", "The member failed", "Tell an operator the `trace`."),
    UNAVAILABLE(
            503,
            "unavailable",
            "The member cannot do this now",
            "Try again after `Retry-After` seconds; see /health/ready.");

    private final int status;
    private final String slug;
    private final String title;
    private final String remedy;

    ProblemType(int status, String slug, String title, String remedy) {
        this.status = status;
        this.slug = slug;
        this.title = title;
        this.remedy = remedy;
    }

    public int status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    public String title() {
        return title;
    }

    public String remedy() {
        return remedy;
    }
}
