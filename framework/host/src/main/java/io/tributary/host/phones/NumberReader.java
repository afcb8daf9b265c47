package io.tributary.host.phones;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.NumberParseException.ErrorType;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads telephone numbers as people and providers write them, and says each in E.164.
///
/// Numbers that name their country are read by their length alone, since the library knows which
/// are in use as of its last release only. What does not name it is read where it cannot be
/// another's: a number that is read wrongly joins strangers.
///
/// Thread safe.
final class NumberReader {

    private static final String URI = "tel:";

    /// What the library calls a number that names its country itself.
    private static final String INTERNATIONAL = "ZZ";

    /// The country's code included. Source: ITU-T E.164, 6.1; none in use is shorter than seven.
    private static final Pattern E_164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();

    /// @param region two letters
    static boolean knows(String region) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(region);
    }

    /// A number that begins with `+` and its country's code.
    ///
    /// @return empty: it does not, is no number, or more than E.164 can say, such as one with an
    ///   extension
    Optional<String> worldwide(String said) {
        String written = bare(said);
        if (hasLetters(written)) {
            return Optional.empty();
        }
        boolean later;
        try {
            PhoneNumber number = library.parse(written, INTERNATIONAL);
            if (number.hasExtension()) {
                return Optional.empty();
            }
            ValidationResult length = library.isPossibleNumberWithReason(number);
            if (length == ValidationResult.IS_POSSIBLE) {
                return Optional.of(text(number));
            }
            later = length == ValidationResult.TOO_LONG;
        } catch (NumberParseException unread) {
            later = unread.getErrorType() == ErrorType.INVALID_COUNTRY_CODE;
        }
        // countries and longer numbers come into use, and the library learns of them afterwards
        return later && E_164.matcher(written).matches() ? Optional.of(written) : Optional.empty();
    }

    /// A number as it is written in a country, or from there to others.
    ///
    /// @param region two letters
    /// @return empty as for [#worldwide], or it may be two numbers
    Optional<String> within(String region, String said) {
        String written = bare(said);
        if (hasLetters(written)) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = library.parseAndKeepRawInput(written, region);
            if (number.hasExtension()) {
                return Optional.empty();
            }
            return switch (number.getCountryCodeSource()) {
                case FROM_NUMBER_WITH_IDD ->
                        library.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                                ? Optional.of(text(number))
                                : Optional.empty();
                case FROM_NUMBER_WITHOUT_PLUS_SIGN, FROM_DEFAULT_COUNTRY ->
                        withoutPrefix(number, PhoneNumberUtil.normalizeDigitsOnly(written));
                case FROM_NUMBER_WITH_PLUS_SIGN, UNSPECIFIED -> Optional.empty();
            };
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }

    /// In its country's own way it is what it seems. Else a `+` may have been left out: then it is
    /// believed of a number of that country, and of another country's nobody can tell.
    ///
    /// @param number as the library takes it for one of the country's
    private Optional<String> withoutPrefix(PhoneNumber number, String digits) {
        // of all regions that share the country's code: Canada's are written likewise in the USA
        boolean valid = library.isValidNumber(number);
        if (valid && digits.equals(atHome(number))) {
            return Optional.of(text(number));
        }
        Optional<PhoneNumber> international = valid("+" + digits);
        if (international.isPresent()) {
            return international
                    .filter(each -> each.getCountryCode() == number.getCountryCode())
                    .map(this::text);
        }
        return valid ? Optional.of(text(number)) : Optional.empty();
    }

    /// The digits that are dialled in its country, with the prefix that is usual there.
    private String atHome(PhoneNumber number) {
        return PhoneNumberUtil.normalizeDigitsOnly(
                library.format(number, PhoneNumberFormat.NATIONAL));
    }

    private Optional<PhoneNumber> valid(String international) {
        try {
            return Optional.of(library.parse(international, INTERNATIONAL))
                    .filter(library::isValidNumber);
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }

    private String text(PhoneNumber number) {
        return library.format(number, PhoneNumberFormat.E164);
    }

    private static String bare(String said) {
        return said.startsWith(URI) ? said.substring(URI.length()) : said;
    }

    /// The library takes letters for the keys of a telephone that they are on.
    private static boolean hasLetters(String written) {
        return written.codePoints().anyMatch(Character::isLetter);
    }
}
