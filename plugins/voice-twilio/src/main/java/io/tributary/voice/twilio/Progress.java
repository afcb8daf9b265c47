package io.tributary.voice.twilio;

import io.tributary.model.Content.Call;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Reason;
import io.tributary.spi.Fields;
import org.jspecify.annotations.Nullable;

/// What Twilio's words for the progress of a call mean
/// (https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent).
///
/// Twilio counts the callbacks of each leg apart, and what it asks for is not counted at all, so
/// the sequence of an event is its place in the life of a call: whatever order they come in, the
/// highest tells how the call stands.
final class Progress {

    private static final int BEGINNING = 0;
    private static final int TALKING = 1;
    private static final int MEANWHILE = 2;
    private static final int END = 3;

    private Progress() {}

    static Call ringing() {
        return new Call(Call.Event.RINGING, BEGINNING, null, null);
    }

    static Call answered() {
        return new Call(Call.Event.ANSWERED, TALKING, null, null);
    }

    /// Something that may happen again and again while the call goes on.
    static Call meanwhile(Call.Event event) {
        return new Call(event, MEANWHILE, null, null);
    }

    /// What happened to a call; null: nothing that anybody has to see.
    static @Nullable Call of(Fields fields) {
        var status = fields.need("CallStatus");
        return switch (status) {
            case "ringing" -> ringing();
            case "in-progress" -> answered();
            case "completed" -> ended(fields, null);
            default -> {
                var reason = reason(status);
                yield reason == null ? null : ended(fields, reason);
            }
        };
    }

    private static Call ended(Fields fields, @Nullable Reason reason) {
        var length = Times.seconds(fields.first("CallDuration"));
        return new Call(Call.Event.ENDED, END, length, reason);
    }

    /// Whether nothing can happen any more to a call that stands so.
    static boolean isEnd(String status) {
        return status.equals("completed") || reason(status) != null;
    }

    /// Why nobody talked; null: they did, or it is not over.
    static @Nullable Reason reason(String status) {
        return switch (status) {
            case "busy" -> Reason.of("busy", "the line was busy");
            case "no-answer" -> Reason.of("no-answer", "nobody answered");
            case "failed" -> Reason.of("failed", "the number could not be reached");
            case "canceled" ->
                    Reason.of("canceled", "the call was given up before it was answered");
            default -> null;
        };
    }

    /// Why a caller could not be put on hold, by how they left the queue; null: they could.
    static @Nullable Reason notHeld(String result) {
        return switch (result) {
            case "queue-full" -> Reason.of(result, "as many callers are on hold as Twilio takes");
            case "error", "system-error" ->
                    Reason.of(result, "Twilio could not put the caller on hold");
            default -> null;
        };
    }

    /// How far an order to call somebody has got; null: that is not known.
    static @Nullable Receipt receipt(String status) {
        return switch (status) {
            case "queued", "initiated" -> new Receipt(Receipt.Status.ACCEPTED, null);
            case "ringing" -> new Receipt(Receipt.Status.SENT, null);
            case "in-progress", "completed" -> new Receipt(Receipt.Status.DELIVERED, null);
            default -> {
                var reason = reason(status);
                yield reason == null ? null : new Receipt(Receipt.Status.FAILED, reason);
            }
        };
    }
}
