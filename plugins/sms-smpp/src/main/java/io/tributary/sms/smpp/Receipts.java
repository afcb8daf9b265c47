package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads receipts, by their optional parameters where they have them, else by their text.
final class Receipts {

    private static final int LONGEST_ID = 128;

    /// The words of SMPP 3.4, 5.2.28, have seven letters; some write them in full, or add to them.
    private static final Map<String, Receipt.Status> BEGINNINGS =
            Map.of(
                    "DELIV", Receipt.Status.DELIVERED,
                    "ENROUTE", Receipt.Status.SENT,
                    "ACCEPT", Receipt.Status.SENT,
                    "BUFFERED", Receipt.Status.SENT,
                    "EXPIR", Receipt.Status.FAILED,
                    "DELETED", Receipt.Status.FAILED,
                    "UNDELIV", Receipt.Status.FAILED,
                    "REJECT", Receipt.Status.FAILED,
                    "FAIL", Receipt.Status.FAILED,
                    "UNKNOWN", Receipt.Status.UNKNOWN);

    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_-]{0,31}");

    private final Profile profile;

    Receipts(Profile profile) {
        this.profile = profile;
    }

    /// @throws Malformed it names no message, or no state
    Inbound of(ShortMessage message) {
        var text = ReceiptText.of(message);
        var state = word(state(message, text));
        var reached = reached(state);
        var reason =
                reached == Receipt.Status.FAILED || reached == Receipt.Status.UNKNOWN
                        ? reason(message, text, state)
                        : null;
        var line = message.to().text(profile.bareIsInternational());
        return Inbound.about(
                line, Target.external(id(message, text)), new Receipt(reached, reason));
    }

    /// The parameter is the id as it was answered; in the text it may be written in another way.
    private String id(ShortMessage message, ReceiptText text) {
        var parameter = message.parameters().get(Tags.RECEIPTED_MESSAGE_ID);
        var named = parameter == null ? "" : string(parameter);
        var id =
                named.isEmpty()
                        ? profile.receipts().normal(text.id())
                        : profile.answers().normal(named);
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw new Malformed("a receipt that names no message");
        }
        return id;
    }

    private static String string(Bytes parameter) {
        var text = new String(parameter.toArray(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /// In the words of the text (SMPP 3.4, 5.2.28).
    private static String state(ShortMessage message, ReceiptText text) {
        var parameter = message.parameters().get(Tags.MESSAGE_STATE);
        int state = parameter == null || parameter.isEmpty() ? 0 : parameter.at(0);
        return switch (state) {
            case 1 -> "ENROUTE";
            case 2 -> "DELIVRD";
            case 3 -> "EXPIRED";
            case 4 -> "DELETED";
            case 5 -> "UNDELIV";
            case 6 -> "ACCEPTD";
            case 7 -> "UNKNOWN";
            case 8 -> "REJECTD";
            default -> text.state();
        };
    }

    /// The state without what may stand after it.
    private static String word(String state) {
        var word = WORD.matcher(state);
        if (!word.lookingAt()) {
            throw new Malformed("a receipt that names no state");
        }
        return word.group();
    }

    /// Of a state that nobody here knows the word is kept as the reason, since it may well be
    /// final.
    private static Receipt.Status reached(String state) {
        var known = known(state);
        return known == null ? Receipt.Status.UNKNOWN : known;
    }

    private static Receipt.@Nullable Status known(String state) {
        return BEGINNINGS.entrySet().stream()
                .filter(each -> state.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /// Whether a message that is not marked as a receipt says of a message how far it got.
    static boolean saysState(ShortMessage message) {
        return known(state(message, ReceiptText.of(message))) != null;
    }

    private static Reason reason(ShortMessage message, ReceiptText text, String state) {
        var error = text.error() == null ? networkError(message) : text.error();
        return error == null
                ? Reason.of(state, "the SMSC reports " + state)
                : Reason.of(error, "the SMSC reports " + state + ", error " + error);
    }

    /// The network's kind, and its own number of the error.
    private static @Nullable String networkError(ShortMessage message) {
        var error = message.parameters().get(Tags.NETWORK_ERROR_CODE);
        return error == null || error.length() != 3
                ? null
                : Integer.toString((error.at(1) & 0xFF) * 0x100 + (error.at(2) & 0xFF));
    }
}
