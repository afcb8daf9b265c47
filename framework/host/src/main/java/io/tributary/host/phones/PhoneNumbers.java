package io.tributary.host.phones;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.model.AccountId;
import io.tributary.model.Evidence;
import io.tributary.model.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings telephone numbers into E.164, in which two are equal where they reach the same phone.
/// Thread safe.
public final class PhoneNumbers {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneNumbers.class);

    private static final String TYPE = "phone";

    private final NumberReader reader = new NumberReader();
    private final Map<AccountId, String> regions;
    private final Counter unread;
    private final Set<AccountId> told = ConcurrentHashMap.newKeySet();

    /// @param regions where accounts are that have numbers without a country's code
    /// @throws IllegalArgumentException one of them is no country of which numbers are known
    public PhoneNumbers(Map<AccountId, String> regions, MeterRegistry meters) {
        this.regions = Map.copyOf(regions);
        this.unread =
                Counter.builder("tributary.inbound.phones.unread")
                        .description(
                                "Telephone numbers of channels that could not be read, and count as"
                                        + " claims")
                        .register(meters);
        this.regions.forEach((account, region) -> {
            if (!NumberReader.knows(region)) {
                throw new IllegalArgumentException(
                        "no numbers of the country %s are known (account %s)"
                                .formatted(region, account));
            }
        });
    }

    /// Whether numbers of a country can be read.
    ///
    /// @param region its two letters, capitals
    public static boolean areKnownOf(String region) {
        return NumberReader.knows(region);
    }

    /// The identity as it is compared and stored.
    ///
    /// What cannot be read as a number is kept as it was said, and is worth no more than a claim:
    /// two may write different things in the same way.
    public Identity normal(AccountId account, Identity identity) {
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

    /// Whether it is a number that means the same on every account, as it is written.
    public boolean namesItsCountry(Identity identity) {
        return identity.type().equals(TYPE) && reader.worldwide(identity.value()).isPresent();
    }

    /// An address of the account as identities are compared with it; as it is where it is no
    /// number.
    public String compared(AccountId account, String address) {
        return read(account, address).orElse(address);
    }

    private Optional<String> read(AccountId account, String said) {
        Optional<String> number = reader.worldwide(said);
        String region = regions.get(account);
        return number.isPresent() || region == null ? number : reader.within(region, said);
    }

    private void unread(AccountId account) {
        unread.increment();
        if (told.add(account)) {
            LOG.warn(
                    "account {} gives telephone numbers that cannot be read without their country,"
                            + " or are none; they count as claims and join no customers. Where they"
                            + " are national numbers of one country, name it under"
                            + " customers.phone-regions",
                    account);
        }
    }
}
