package io.tributary.kiosk;

import io.tributary.model.Content.Receipt;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import org.jspecify.annotations.Nullable;

/// What a device's answer means for a message.
final class Answers {

    private Answers() {}

    /// By what a message of ours is known: devices name keys themselves in what they say of them,
    /// and one must not speak of another's.
    static String external(String device, String key) {
        return device + "/" + key;
    }

    /// @param answer null: none came
    static SendResult toSend(String device, OutboundMessage message, @Nullable Message answer) {
        return switch (answer) {
            case Message.Result result -> taken(device, message, result);
            case Message.Failure failure -> refused(failure);
            case null, default ->
                    SendResult.unknown("no-answer", "the device has not said whether it took it");
        };
    }

    /// What the device knows of a message whose outcome is unknown here. Whatever is wrong with the
    /// answer says nothing about the message.
    static SendResult toLookUp(String device, OutboundMessage message, @Nullable Message answer) {
        if (!(answer instanceof Message.Result result)) {
            return SendResult.unknown("no-answer", "the device does not say whether it has it");
        }
        return switch (WireJson.text(result.payload(), "state")) {
            case "taken" -> taken(device, message, result);
            case "unknown" -> SendResult.retry("not-taken", "the device never had it");
            case "over" -> over();
            default -> SendResult.unknown("no-answer", "the device does not say what it has");
        };
    }

    /// What goes to the printer has arrived when it is printed, which the device says later, and
    /// not when it is asked whether it has it.
    private static SendResult taken(String device, OutboundMessage message, Message.Result result) {
        var accepted = SendResult.accepted(external(device, message.key()));
        return Outgoing.isPrinted(message)
                        || WireJson.text(result.payload(), "reached").equals("accepted")
                ? accepted
                : accepted.reached(Receipt.Status.DELIVERED);
    }

    /// The device's own codes first, then those of OCPP-J 1.6, section 4.2.3. A device that failed
    /// says that it did not take it; so it may be tried again, until the message's time is over.
    private static SendResult refused(Message.Failure failure) {
        var said = failure.description().isBlank() ? failure.code() : "the device refused it";
        return switch (failure.code()) {
            case "SessionOver" -> over();
            case "Busy", "OutOfPaper", "InternalError" -> SendResult.retry(failure.code(), said);
            default -> SendResult.rejected(failure.code(), said);
        };
    }

    private static SendResult over() {
        return SendResult.recipientGone("session-over", "the session at the kiosk is over");
    }
}
