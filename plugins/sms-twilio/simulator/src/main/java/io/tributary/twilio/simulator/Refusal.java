package io.tributary.twilio.simulator;

/// The API says no, in Twilio's words: an HTTP status and one of Twilio's error codes.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    Refusal(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Refusal badRequest(int code, String message) {
        return new Refusal(400, code, message);
    }

    static Refusal notFound(String path) {
        return new Refusal(404, 20404, "The requested resource " + path + " was not found");
    }

    Reply reply() {
        return Reply.json(status, body(status, code, String.valueOf(getMessage())));
    }

    static Object body(int status, int code, String message) {
        return Json.object(
                "code",
                code,
                "message",
                message,
                "more_info",
                "https://www.twilio.com/docs/errors/" + code,
                "status",
                status);
    }
}
