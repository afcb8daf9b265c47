package io.tributary.sms.smpp;

import io.tributary.spi.Settings;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What carriers do each in their own way.
///
/// @param alphabet what `data_coding` 0 means
/// @param answers how ids are written where a message was taken
/// @param receipts how they are written in the text of receipts
/// @param bareIsInternational whether digits that come without a type are whole numbers
/// @param bare the type and plan with which digits without a plus go out
/// @param refusal what a message is answered that cannot be stored now
/// @param patience how long the messages of a long text wait for each other
/// @param serviceType empty: the carrier's default
/// @param wantsReceipts whether each message asks for one
/// @param validity how long the carrier tries; null: as long as it likes
record Profile(
        Alphabet alphabet,
        Concatenation concatenation,
        IdForm answers,
        IdForm receipts,
        boolean bareIsInternational,
        NumberForm bare,
        int refusal,
        Duration patience,
        String serviceType,
        boolean wantsReceipts,
        @Nullable Duration validity) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static Profile of(Settings settings) {
        return new Profile(
                choice(Alphabet.class, settings, "alphabet", Alphabet.GSM7),
                choice(Concatenation.class, settings, "concatenation", Concatenation.UDH8),
                choice(IdForm.class, settings, "idsInAnswers", IdForm.TEXT),
                choice(IdForm.class, settings, "idsInReceipts", IdForm.TEXT),
                settings.flag("bareNumbersAreInternational", false),
                new NumberForm(
                        (int) settings.number("bareNumberTon", NumberForm.UNKNOWN),
                        (int) settings.number("bareNumberNpi", NumberForm.ISDN),
                        ""),
                settings.text("refusal", "queue-full").equals("system-error")
                        ? CommandStatus.SYSTEM_ERROR
                        : CommandStatus.QUEUE_FULL,
                settings.duration("segmentPatience", PATIENCE),
                settings.text("serviceType", ""),
                settings.flag("receipts", true),
                settings.has("validity") ? settings.duration("validity") : null);
    }

    /// The words of settings are the names in lower case.
    private static <E extends Enum<E>> E choice(
            Class<E> type, Settings settings, String key, E usual) {
        var word = settings.text(key, usual.name()).toUpperCase(Locale.ROOT);
        for (var each : type.getEnumConstants()) {
            if (each.name().equals(word)) {
                return each;
            }
        }
        throw new Settings.Unusable(key, "is none of its words");
    }
}
