package io.tributary.voice.twilio;

import io.tributary.spi.Http;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.twilio.JsonReader;
import io.tributary.twilio.TwilioErrors;
import org.jspecify.annotations.Nullable;

/// What Twilio's error codes mean for calls (https://www.twilio.com/docs/api/errors).
final class ErrorCodes implements TwilioErrors.Words {

    private static final int OVER = 21220;

    private static final ErrorCodes WORDS = new ErrorCodes();

    private ErrorCodes() {}

    /// The meaning of an answer that is no success: nobody is rung twice, nor cut off from whom
    /// they talk with.
    static SendResult of(Http.Answer answer) {
        return TwilioErrors.of(answer, WORDS);
    }

    /// Whether nothing is left of the call that is to be changed.
    static boolean saysOver(Http.Answer answer) {
        return !answer.successful()
                && JsonReader.object(answer.body()).get("code") instanceof Double code
                && code.intValue() == OVER;
    }

    @Override
    public @Nullable SendResult result(Http.Answer answer, int code) {
        return switch (code) {
            // As many calls at once as the account may have.
            case 10004 -> TwilioErrors.wait(answer, Scope.ACCOUNT, code, this);
            // Nobody will ever be reached at this number.
            case 21214, 21217 ->
                    SendResult.recipientGone(
                            Integer.toString(code), TwilioErrors.explain(code, this));
            default -> null;
        };
    }

    @Override
    public String meaning(int code) {
        return switch (code) {
            case 10004 -> "the account has as many calls as it may have at once";
            case 21205, 21218 -> "Twilio does not take our address: check publicUrl";
            case 21210, 21212 -> "the account may not call from this number";
            case 21211, 21214, 21217 -> "this is no number that can be called";
            case 21215, 21216, 13227 ->
                    "the account may not call there: allow it in Twilio's console";
            case 21219 -> "on trial, Twilio calls verified numbers only";
            case OVER -> "the call is over, or has not begun";
            default -> "";
        };
    }
}
