package io.tributary.voice.twilio;

import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.twilio.JsonReader;
import io.tributary.twilio.TwilioApi;

/// Ends calls.
///
/// No callback tells that an order has ended a call. But what was ended twice is over as well, so
/// it is tried again where nobody knows, and in the end Twilio is asked how the call stands.
final class HangingUp {

    private static final Fields FORM = Fields.of("Status", "completed");

    private final TwilioApi api;

    HangingUp(TwilioApi api) {
        this.api = api;
    }

    SendResult send(OutboundMessage message) throws Unfit, InterruptedException {
        var sid = CallSid.of(message.target());
        SendResult result;
        try {
            result = meaning(message, sid, api.post(path(sid), FORM));
        } catch (Http.Failure failure) {
            result = SendResult.of(failure);
        }
        return result instanceof SendResult.Unknown unknown
                ? SendResult.retry(unknown.reason().code(), unknown.reason().text())
                : result;
    }

    /// That it is over already is what was asked for.
    private static SendResult meaning(OutboundMessage message, String sid, Http.Answer answer) {
        if (ErrorCodes.saysOver(answer)) {
            return over(message, sid);
        }
        return answer.successful() ? Outgoing.done(message, sid, answer) : ErrorCodes.of(answer);
    }

    /// What has become of a call that is not tried to be ended any more: an attempt may have done
    /// it whose answer was lost.
    SendResult outcome(OutboundMessage message) throws Unfit, InterruptedException {
        var sid = CallSid.of(message.target());
        try {
            var answer = api.get(path(sid));
            return answer.successful()
                    ? standing(message, sid, answer)
                    : open(ErrorCodes.of(answer));
        } catch (Http.Failure _) {
            return unknown();
        }
    }

    private static SendResult standing(OutboundMessage message, String sid, Http.Answer answer) {
        if (!(JsonReader.object(answer.body()).get("status") instanceof String status)) {
            return unknown();
        }
        return Progress.isEnd(status)
                ? over(message, sid)
                : SendResult.rejected(
                        "too-late", "the call goes on: it could not be ended within two minutes");
    }

    /// Nobody asks again.
    private static SendResult open(SendResult result) {
        return result instanceof SendResult.Retry ? unknown() : result;
    }

    private static SendResult unknown() {
        return SendResult.unknown(
                "too-late", "it was tried for two minutes, and how the call stands is not known");
    }

    private static SendResult over(OutboundMessage message, String sid) {
        return SendResult.accepted(sid + '/' + message.key());
    }

    private static String path(String sid) {
        return "/Calls/" + sid + ".json";
    }
}
