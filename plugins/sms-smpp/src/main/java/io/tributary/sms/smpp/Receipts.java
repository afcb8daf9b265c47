package io.tributary.sms.smpp;

import static java.util.Map.entry;

import io.tributary.model.Bytes;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads receipts, by their optional parameters where they have them, else by their text.
final class Receipts {

    private static final int LONGEST_ID = 128;

    /// That something arrived is believed of these words alone: what begins alike may say the
    /// opposite, such as DELIVERY_FAILED, and is a receipt all the same. The first is of SMPP 3.4,
    /// 5.2.28; others write it in full, or in letters of their own.
    private static final Set<String> DELIVERED =
            Set.of(
                    "DELIVRD",
                    "DELIVERED",
                    "DELIV",
                    "DELIVD",
                    "DELIVERD",
                    "DELIVRED",
                    "DELIVERE",
                    "DLIVRD",
                    "DLVRD");

    /// The words of SMPP 3.4, 5.2.28, and of SMPP 5.0, 4.7.15, have seven letters; some write them
    /// in full, or add to them. BUFFRED and ACKED are Mblox's
    /// (https://github.com/opentelecoms-org/jsmpp/issues/9).
    private static final Map<String, Receipt.Status> BEGINNINGS =
            Map.ofEntries(
                    entry("DELIV", Receipt.Status.UNKNOWN),
                    entry("ENROUTE", Receipt.Status.SENT),
                    entry("SCHEDUL", Receipt.Status.SENT),
                    entry("ACCEPT", Receipt.Status.SENT),
                    entry("ACKED", Receipt.Status.SENT),
                    entry("BUFF", Receipt.Status.SENT),
                    entry("EXPIR", Receipt.Status.FAILED),
                    entry("DELETED", Receipt.Status.FAILED),
                    entry("UNDELIV", Receipt.Status.FAILED),
                    entry("UNDLIV", Receipt.Status.FAILED),
                    entry("REJECT", Receipt.Status.FAILED),
                    entry("FAIL", Receipt.Status.FAILED),
                    entry("UNKNOWN", Receipt.Status.UNKNOWN));

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

    private static Receipt.@Nullable Status known(String word) {
        return DELIVERED.contains(word) ? Receipt.Status.DELIVERED : beginning(word);
    }

    private static Receipt.@Nullable Status beginning(String state) {
        return BEGINNINGS.entrySet().stream()
                .filter(each -> state.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /// Whether a message that is not marked as a receipt says of a message how far it got.
    static boolean saysState(ShortMessage message) {
        var word = WORD.matcher(state(message, ReceiptText.of(message)));
        return word.lookingAt() && known(word.group()) != null;
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
