package io.tributary.twilio.simulator;

import java.util.List;

/// What became of one webhook.
///
/// @param sid the message or the call that it told of
/// @param idempotencyToken the same in all attempts
/// @param attempts in order, empty where no address is configured
public record Webhook(String sid, String idempotencyToken, List<Attempt> attempts) {

    /// One call of the address.
    ///
    /// @param status of the answer; 0: none came
    /// @param type the answer's content type, empty for none
    /// @param failure why no answer came; empty: one came
    /// @param body what was answered
    public record Attempt(int status, String type, String failure, String body) {

        static final String NOT_CONNECTED = "ct";
        static final String NOT_ANSWERED = "rt";

        /// The failure's name in a retry policy; empty: it went well.
        String kind() {
            return switch (status / 100) {
                case 0 -> failure;
                case 4 -> "4xx";
                case 5 -> "5xx";
                default -> "";
            };
        }
    }

    /// Keeps its own copy.
    public Webhook {
        attempts = List.copyOf(attempts);
    }

    /// The last answer's status; 0: no answer came.
    public int status() {
        return attempts.isEmpty() ? 0 : attempts.getLast().status();
    }

    /// What was answered last.
    public String body() {
        return attempts.isEmpty() ? "" : attempts.getLast().body();
    }

    /// Whether the last answer was 2xx.
    public boolean taken() {
        return status() / 100 == 2;
    }
}
