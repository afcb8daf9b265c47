package io.tributary.voice.twilio;

import io.tributary.model.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is known of whether a caller's number is theirs: STIR/SHAKEN, as Twilio has verified it
/// (https://www.twilio.com/docs/voice/trusted-calling-with-shakenstir).
///
/// @param value `StirVerstat` as it came, such as `TN-Validation-Passed-A-Diverted`
/// @param signed whether Twilio's signature covers it
record Verstat(String value, boolean signed) {

    private static final String PASSED = "TN-Validation-Passed-";
    private static final String FAILED = "TN-Validation-Failed";

    /// Null where nothing came.
    static @Nullable Verstat of(@Nullable String value, boolean signed) {
        return value == null || value.isBlank() ? null : new Verstat(value, signed);
    }

    boolean passed() {
        return value.startsWith(PASSED);
    }

    /// A: the carrier knows its customer and that the number is theirs. B: the customer alone. C:
    /// only where the call came in. Empty: nobody says.
    String attestation() {
        var prefix = passed() ? PASSED : FAILED + '-';
        int length = prefix.length();
        if (!value.startsWith(prefix) || value.length() == length) {
            return "";
        }
        var rest = value.substring(length);
        boolean letter = rest.length() == 1 || rest.charAt(1) == '-';
        return letter && "ABC".indexOf(rest.charAt(0)) >= 0 ? rest.substring(0, 1) : "";
    }

    /// Whether it proves that the number is the caller's: nothing less than A does, and nothing
    /// that anybody could have added on the way.
    boolean proves() {
        return signed && passed() && attestation().equals("A");
    }

    Json json() {
        return Json.of(
                String.format(
                        Locale.ROOT,
                        "{\"value\":%s,\"attestation\":%s,\"passed\":%s,\"signed\":%s}",
                        Json.string(value).text(),
                        Json.string(attestation()).text(),
                        passed(),
                        signed));
    }
}
