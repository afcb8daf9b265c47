package io.tributary.host.inbound;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.model.AccountId;
import io.tributary.model.Evidence;
import io.tributary.model.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings telephone numbers into E.164, in which two are equal where they reach the same phone.
/// Thread safe.
final class PhoneNumbers {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneNumbers.class);

    private static final String TYPE = "phone";

    private static final String URI = "tel:";

    /// What the library calls a number that names its country itself.
    private static final String INTERNATIONAL = "ZZ";

    /// The country's code included. Source: ITU-T E.164, 6.1; none in use is shorter than seven.
    private static final Pattern E_164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final Map<AccountId, String> regions;
    private final Counter unread;
    private final Set<AccountId> told = ConcurrentHashMap.newKeySet();

    /// @param regions where accounts are that have numbers without a country's code
    /// @throws IllegalArgumentException one of them is no country of which numbers are known
    PhoneNumbers(Map<AccountId, String> regions, MeterRegistry meters) {
        this.regions = Map.copyOf(regions);
        this.unread =
                Counter.builder("tributary.inbound.phones.unread")
                        .description(
                                "Telephone numbers of channels that could not be read, and count as"
                                        + " claims")
                        .register(meters);
        this.regions.forEach((account, region) -> {
            if (!library.getSupportedRegions().contains(region)) {
                throw new IllegalArgumentException(
                        "customers.phone-regions: no numbers of the country "
                                + region
                                + " are known (account "
                                + account
                                + ")");
            }
        });
    }

    /// The identity as it is compared and stored.
    ///
    /// What cannot be read as a number is kept as it was said, and is worth no more than a claim:
    /// two may write different things in the same way.
    Identity normal(AccountId account, Identity identity) {
        if (!identity.type().equals(TYPE)) {
            return identity;
        }
        Optional<String> number = read(account, identity.value());
        if (number.isPresent()) {
            return number.get().equals(identity.value())
                    ? identity
                    : new Identity(TYPE, number.get(), identity.evidence());
        }
        if (!(identity.evidence() instanceof Evidence.ByChannel)) {
            return identity;
        }
        unread(account);
        return Identity.claimed(TYPE, identity.value());
    }

    /// @return empty: it is no number, or more than E.164 can say, such as one with an extension
    private Optional<String> read(AccountId account, String said) {
        String written = said.startsWith(URI) ? said.substring(URI.length()) : said;
        // the library takes letters for the keys of a telephone that they are on
        if (written.codePoints().anyMatch(Character::isLetter)) {
            return Optional.empty();
        }
        try {
            PhoneNumber number =
                    library.parse(written, regions.getOrDefault(account, INTERNATIONAL));
            if (!number.hasExtension() && possible(number)) {
                return Optional.of(library.format(number, PhoneNumberFormat.E164));
            }
        } catch (NumberParseException _) {
            // as below
        }
        // of a country, or of a length, that came into use later than the library
        return E_164.matcher(written).matches() ? Optional.of(written) : Optional.empty();
    }

    private boolean possible(PhoneNumber number) {
        return library.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
    }

    private void unread(AccountId account) {
        unread.increment();
        if (told.add(account)) {
            LOG.warn(
                    "account {} gives telephone numbers that cannot be read without their country,"
                            + " or are none; they count as claims and join no customers. Where they"
                            + " are of one country, name it under customers.phone-regions",
                    account);
        }
    }
}
