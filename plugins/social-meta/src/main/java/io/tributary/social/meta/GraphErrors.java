package io.tributary.social.meta;

import io.tributary.model.Reason;
import io.tributary.spi.Http;
import io.tributary.spi.Malformed;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Meta's error codes mean for a send
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes,
/// https://developers.facebook.com/docs/messenger-platform/error-codes). The code decides: the same
/// trouble comes under 400, 403 and 429.
final class GraphErrors {

    /// Restricted after complaints: what is sent on makes it worse.
    private static final Duration SPAM = Duration.ofMinutes(15);

    /// What only an operator can put right: until then nothing of the line is lost, and nothing of
    /// the others waits.
    private static final Duration AFTER_AN_OPERATOR = Duration.ofMinutes(30);

    /// A line that waits for these does so for its pace, and needs nobody.
    private static final Set<String> PACE = Set.of("130429", "131048");

    /// One pair may send one message in six seconds; Meta asks to wait for 4^n s.
    private static final int PAIR = 131056;

    private static final int PAIR_BASE = 4;

    private static final int MOST_STEPS = 6;

    private GraphErrors() {}

    /// The meaning of an answer that is no success.
    ///
    /// A body in Meta's own form says that Meta refused, so nothing was taken, whatever the HTTP
    /// status. Without it something in between answered: a gateway's 502 and 504 leave open what
    /// Meta did, and sending is not idempotent.
    ///
    /// @param attempt which one it was
    /// @param ownToken whether the line has a token of its own, and not the account's
    static SendResult of(Http.Answer answer, int attempt, boolean ownToken) {
        var error = error(answer);
        var code = error.whole("code");
        if (code == null) {
            return answer.status() == 502
                    ? SendResult.unknown("http-502", "a gateway before Meta answered 502")
                    : SendResult.of(answer);
        }
        if (code == PAIR) {
            return later(pair(attempt), Scope.ADDRESS, code);
        }
        var subcode = error.whole("error_subcode");
        var result = byCode(answer, small(code), subcode == null ? 0 : small(subcode), ownToken);
        return result != null
                ? result
                : byStatus(answer, code, error.flag("is_transient"), ownToken);
    }

    /// Whether all of the line waits until an operator has acted.
    static boolean isForOperator(SendResult result) {
        return result instanceof SendResult.Retry retry
                && retry.scope() == Scope.LINE
                && !PACE.contains(retry.reason().code());
    }

    /// No code of Meta's is as large; one that is would be unknown.
    private static int small(long code) {
        return (int) Math.min(code, Integer.MAX_VALUE);
    }

    private static Node error(Http.Answer answer) {
        try {
            return JsonSource.read(answer.body()).at("error");
        } catch (Malformed noJson) {
            return Node.NOTHING;
        }
    }

    /// Null: not in the table.
    private static @Nullable SendResult byCode(
            Http.Answer answer, int code, int subcode, boolean ownToken) {
        return switch (code) {
            // The token is no longer good.
            case 0, 190 -> token(code, ownToken);
            // The number or its account is locked, unpaid, not registered, out of the token's
            // sight.
            case 33, 368, 131005, 131031, 131042, 131045, 133010 -> operator(code);
            // What the app may do. Some of it is about one customer only.
            case 3, 10, 200, 230 -> permission(code, subcode, ownToken);
            // How fast the app calls, the number sends, or one customer is written to.
            case 4, 17, 32, 613, 80006, 80007 -> wait(answer, Scope.ACCOUNT, code);
            case 130429 -> wait(answer, Scope.LINE, code);
            case 131048 -> later(SPAM, Scope.LINE, code);
            // Meta is in trouble and says that it did not take the message.
            case 2, 1200, 131000, 131016, 131052, 131053, 131057, 133016 ->
                    wait(answer, Scope.MESSAGE, code);
            // Several messages may have gone out although it says so.
            case 1 -> SendResult.unknown(text(code), explain(code));
            // Nobody is there: no such user, or the page is blocked.
            case 551 -> SendResult.recipientGone(text(code), explain(code));
            case 100 -> parameter(subcode);
            default -> null;
        };
    }

    /// What is not known here is about this message rather than about everything: it waits alone.
    private static SendResult permission(int code, int subcode, boolean ownToken) {
        return switch (subcode) {
            case 0 -> token(code, ownToken);
            case 2018300 ->
                    SendResult.rejected(
                            "thread-owner",
                            "another app answers this customer now (Meta " + code + ")");
            case 2018278, 2018065, 2534022 ->
                    SendResult.rejected(
                            "window", "the time for replies is over (Meta " + code + ")");
            case 1545041, 2018108 ->
                    SendResult.rejected(
                            text(code),
                            "the customer takes no messages now (Meta " + subcode + ")");
            default -> later(AFTER_AN_OPERATOR, Scope.MESSAGE, code);
        };
    }

    /// Under 33 the number or page that sends is gone, or the token may not see it.
    private static SendResult parameter(int subcode) {
        return switch (subcode) {
            case 33 -> operator(33);
            case 2018001 ->
                    SendResult.recipientGone("100", "there is no such customer (Meta 100/2018001)");
            default -> SendResult.rejected("100", explain(100));
        };
    }

    /// All lines that have no token of their own share one.
    private static SendResult token(long code, boolean ownToken) {
        return ownToken
                ? operator(code)
                : SendResult.accountStopped(Long.toString(code), explain(code));
    }

    private static SendResult operator(long code) {
        return later(AFTER_AN_OPERATOR, Scope.LINE, code);
    }

    /// A code that is not in the table: the HTTP status decides.
    private static SendResult byStatus(
            Http.Answer answer, long code, boolean passes, boolean ownToken) {
        int status = answer.status();
        if (status == 401) {
            return token(code, ownToken);
        }
        return passes || status == 429 || status >= 500
                ? wait(answer, Scope.MESSAGE, code)
                : SendResult.rejected(Long.toString(code), explain(code));
    }

    private static SendResult wait(Http.Answer answer, Scope scope, long code) {
        // The SPI reads Retry-After, in seconds or as a date, from every answer of this status.
        var throttled = new Http.Answer(429, answer.headers(), answer.body());
        var after =
                SendResult.of(throttled) instanceof SendResult.Retry retry
                        ? retry.after()
                        : Duration.ZERO;
        return later(after, scope, code);
    }

    private static SendResult later(Duration after, Scope scope, long code) {
        return SendResult.retry(after, scope, Long.toString(code), explain(code));
    }

    private static Duration pair(int attempt) {
        return Duration.ofSeconds((long) Math.pow(PAIR_BASE, Math.clamp(attempt, 1, MOST_STEPS)));
    }

    /// The reason in a status.
    static Reason reason(long code) {
        return Reason.of(Long.toString(code), explain(code));
    }

    private static String text(int code) {
        return Integer.toString(code);
    }

    /// In words of our own: what Meta says may quote what was sent.
    private static String explain(long code) {
        var known = known(code);
        return known.isEmpty() ? "Meta error " + code : known + " (Meta error " + code + ")";
    }

    private static String known(long code) {
        if (code >= 132000 && code < 133000) {
            return "the template does not exist, is paused, or its values do not fit";
        }
        if (code > 200 && code < 300) {
            return "the app lacks a permission";
        }
        return switch ((int) Math.min(code, Integer.MAX_VALUE)) {
            case 0, 190 -> "Meta refuses the access token: make a new one";
            case 1 -> "Meta does not know what became of it";
            case 2, 1200, 131000, 131016 -> "Meta is in trouble";
            case 3, 10, 200, 230, 131005 -> "the app lacks a permission, or has lost it";
            case 4, 17, 32, 613, 80006, 80007 -> "the app calls too often";
            case 33 -> "the number or page no longer exists, or the token may not see it";
            case 100, 131008, 131009 -> "Meta does not understand the message";
            case 368, 131031 -> "the account is locked since it broke Meta's rules";
            case 551 -> "the customer cannot be reached, or has blocked the page";
            case 130429 -> "the number sends faster than it may";
            case 130472 -> "held back by Meta: the customer is part of an experiment";
            case 131021 -> "sender and customer are the same number";
            case 131026 ->
                    "cannot be delivered: no WhatsApp there, too old a version, or its terms not"
                            + " accepted";
            case 131030 -> "a test number may write to listed numbers only";
            case 131042 -> "the account has not paid, or has no means of payment";
            case 131045, 133010 -> "the number is not registered with WhatsApp";
            case 131047 -> "more than 24 hours since the customer wrote: use a template";
            case 131048 -> "too many customers complained: the number is held back";
            case 131049 -> "held back by Meta for the customer's sake: do not send it again soon";
            case 131050 -> "the customer wants no marketing messages";
            case 131051 -> "a type of message that WhatsApp does not take";
            case 131052, 131053 -> "Meta could not take the file";
            case 131056 -> "too many messages to this customer in a short time";
            case 131057 -> "WhatsApp is under maintenance";
            case 133016 -> "the number was registered too often";
            default -> "";
        };
    }
}
