package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.model.AccountId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accounts to which settings outside of them refer. They may come later, over the API; more often
/// somebody mistyped.
final class NamedAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(NamedAccounts.class);

    private static final Comparator<AccountId> BY_ID = Comparator.comparing(AccountId::value);

    private NamedAccounts() {}

    static void warn(Configuration configuration, Predicate<AccountId> known) {
        missing(configuration, known)
                .forEach((key, accounts) ->
                        LOG.warn("{} names accounts that are not there (yet): {}", key, accounts));
    }

    /// By the setting's key, as far as there are any.
    static Map<String, List<AccountId>> missing(
            Configuration configuration, Predicate<AccountId> known) {
        Map<String, List<AccountId>> missing = new TreeMap<>();
        named(configuration)
                .forEach((key, accounts) -> {
                    List<AccountId> unknown =
                            accounts.stream()
                                    .filter(known.negate())
                                    .distinct()
                                    .sorted(BY_ID)
                                    .toList();
                    if (!unknown.isEmpty()) {
                        missing.put(key, unknown);
                    }
                });
        return missing;
    }

    private static Map<String, Collection<AccountId>> named(Configuration configuration) {
        return Map.of(
                "customers.phone-regions", configuration.customers().phoneRegions().keySet(),
                "outbound.at-least-once", configuration.outbound().atLeastOnce(),
                "outbound.quotas", configuration.outbound().quotas().keySet(),
                "plugins.canaries", configuration.plugins().canaries());
    }
}
