package io.tributary.twilio;

import io.tributary.spi.Http;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What answers of Twilio's API mean that are no success (https://www.twilio.com/docs/api/errors).
///
/// A body in Twilio's own form says that Twilio itself refused, so nothing was taken, unless it
/// failed on the way (5xx). Busy (503), it has done nothing. Without such a body something between
/// us and Twilio answered: a gateway's 502 and 504 leave open what Twilio did.
public final class TwilioErrors {

    private TwilioErrors() {}

    /// The words that a channel has for codes of its own.
    public interface Words {

        /// What happens now; null: the channel has no word for this code.
        @Nullable SendResult result(Http.Answer answer, int code);

        /// What the code means, for people; empty: unknown.
        String meaning(int code);
    }

    /// The meaning of an answer that is no success. Requests are not idempotent: where Twilio
    /// failed it may have done it all the same, and done again the customer would get it twice
    /// (https://www.twilio.com/docs/errors/20500).
    public static SendResult of(Http.Answer answer, Words words) {
        var meant = meaning(answer, words);
        return meant instanceof SendResult.Retry retry
                        && answer.status() >= 500
                        && answer.status() != 503
                ? SendResult.unknown(retry.reason().code(), retry.reason().text())
                : meant;
    }

    private static SendResult meaning(Http.Answer answer, Words words) {
        if (!(JsonReader.object(answer.body()).get("code") instanceof Double number)) {
            return answer.status() == 502
                    ? SendResult.unknown("http-502", "a gateway before Twilio answered 502")
                    : SendResult.of(answer);
        }
        int code = number.intValue();
        var own = words.result(answer, code);
        if (own != null) {
            return own;
        }
        return switch (code) {
            // Twilio limits how fast we call, or is in trouble.
            case 20429, 20500, 20503 -> wait(answer, Scope.ACCOUNT, code, words);
            // No request of the account will do better: credentials, suspension.
            case 10001, 20003, 20005, 20403 -> stop(code, words);
            default -> byStatus(answer, code, words);
        };
    }

    /// A code that is in no table: the HTTP status decides.
    private static SendResult byStatus(Http.Answer answer, int code, Words words) {
        int status = answer.status();
        if (status == 401) {
            return stop(code, words);
        }
        return status == 429 || status >= 500
                ? wait(answer, Scope.MESSAGE, code, words)
                : SendResult.rejected(Integer.toString(code), explain(code, words));
    }

    /// Nothing more until an operator has looked.
    public static SendResult stop(int code, Words words) {
        return SendResult.accountStopped(Integer.toString(code), explain(code, words));
    }

    /// Later, when Twilio says or the host thinks fit.
    public static SendResult wait(Http.Answer answer, Scope scope, int code, Words words) {
        // The SPI reads Retry-After, in seconds or as a date, from every answer of this status.
        var throttled = new Http.Answer(429, answer.headers(), answer.body());
        var after =
                SendResult.of(throttled) instanceof SendResult.Retry retry
                        ? retry.after()
                        : Duration.ZERO;
        return SendResult.retry(after, scope, Integer.toString(code), explain(code, words));
    }

    /// A code in words, with the page that says more.
    public static String explain(int code, Words words) {
        var known = words.meaning(code).isEmpty() ? common(code) : words.meaning(code);
        return (known.isEmpty() ? "Twilio error " + code : known)
                + " (https://www.twilio.com/docs/errors/"
                + code
                + ")";
    }

    private static String common(int code) {
        return switch (code) {
            case 10001, 20005 -> "the Twilio account is suspended or not active";
            case 20003 -> "Twilio refuses accountSid and authToken";
            case 20404 -> "Twilio does not know what was asked for";
            case 20429 -> "too many requests to Twilio at once";
            case 20500, 20503 -> "Twilio is in trouble";
            default -> "";
        };
    }
}
