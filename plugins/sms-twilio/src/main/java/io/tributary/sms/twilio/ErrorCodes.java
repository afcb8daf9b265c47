package io.tributary.sms.twilio;

import io.tributary.model.Content.Receipt;
import io.tributary.model.Reason;
import io.tributary.spi.Http;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.twilio.TwilioErrors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What Twilio's error codes and statuses mean (https://www.twilio.com/docs/api/errors).
final class ErrorCodes {

    /// 30023 is lifted the next day.
    private static final Duration A_DAY = Duration.ofHours(24);

    private static final TwilioErrors.Words WORDS =
            new TwilioErrors.Words() {
                @Override
                public @Nullable SendResult result(Http.Answer answer, int code) {
                    return ErrorCodes.result(answer, code);
                }

                @Override
                public String meaning(int code) {
                    return known(code);
                }
            };

    private ErrorCodes() {}

    /// The meaning of an answer that is no success.
    static SendResult of(Http.Answer answer) {
        return TwilioErrors.of(answer, WORDS);
    }

    private static @Nullable SendResult result(Http.Answer answer, int code) {
        return switch (code) {
            // The queue of this number is full, or the carriers take no more from it now.
            case 21611, 30001, 30022, 63018 -> TwilioErrors.wait(answer, Scope.LINE, code, WORDS);
            // The day's allowance of this number is used up.
            case 30023 -> SendResult.retry(A_DAY, Scope.LINE, text(code), explain(code));
            // The carrier is congested, did not answer, or gave no reason; nobody picked up.
            case 30003, 30008, 30017, 30410 ->
                    TwilioErrors.wait(answer, Scope.MESSAGE, code, WORDS);
            // The customer said STOP.
            case 21610 -> SendResult.recipientGone(text(code), explain(code));
            // No message of the account will do better: suspension, the sender's setup.
            case 21701, 30002 -> TwilioErrors.stop(code, WORDS);
            default -> null;
        };
    }

    /// What a status means; null: not known, or not about a message of ours.
    static Receipt.@Nullable Status reached(String status) {
        return switch (status) {
            case "accepted", "scheduled", "queued", "sending" -> Receipt.Status.ACCEPTED;
            case "sent", "partially_delivered" -> Receipt.Status.SENT;
            case "delivered" -> Receipt.Status.DELIVERED;
            case "read" -> Receipt.Status.READ;
            case "undelivered", "failed", "canceled" -> Receipt.Status.FAILED;
            default -> null;
        };
    }

    /// The reason in a status callback; null where it has none, which must not wipe an earlier one.
    static @Nullable Reason reason(@Nullable String errorCode) {
        if (errorCode == null || errorCode.isEmpty() || errorCode.equals("0")) {
            return null;
        }
        try {
            int code = Integer.parseInt(errorCode);
            return Reason.of(text(code), explain(code));
        } catch (NumberFormatException notANumber) {
            return Reason.of("twilio", "Twilio gave a reason that is no error code");
        }
    }

    private static String text(int code) {
        return Integer.toString(code);
    }

    private static String explain(int code) {
        return TwilioErrors.explain(code, WORDS);
    }

    private static String known(int code) {
        return switch (code) {
            case 30002 -> "the Twilio account is suspended or not active";
            case 21211, 21614 -> "this is no number that can receive SMS";
            case 21212, 21603, 21606, 21608, 21659, 21660 ->
                    "the account may not send from this number (or not to this one on trial)";
            case 21408 -> "the account may not send to this region: allow it in Twilio's console";
            case 21610 -> "the customer has opted out by STOP";
            case 21611, 30001 -> "the queue of this number is full";
            case 21612 -> "there is no route from this number to that one";
            case 21617 -> "the text is longer than 1600 characters";
            case 21620, 11200, 12300 -> "Twilio could not download the media";
            case 21701 -> "the messaging service does not exist in this account";
            case 30003 -> "the phone is off or out of reach";
            case 30004 -> "the customer blocks messages";
            case 30005 -> "the number does not exist";
            case 30006 -> "a landline, or a carrier that cannot be reached";
            case 30007 -> "filtered as spam by Twilio or a carrier";
            case 30008 -> "the carrier gave no reason";
            case 30010 -> "the price is above the limit of the message";
            case 30017, 30410 -> "the carrier is congested";
            case 30022, 30023 -> "the carriers' limit for this number is reached";
            case 30034 -> "the number is not registered for messages to the USA (10DLC)";
            case 63003, 63024 -> "there is no such recipient";
            case 63016 -> "outside the time in which free text is allowed: use a template";
            default -> "";
        };
    }
}
