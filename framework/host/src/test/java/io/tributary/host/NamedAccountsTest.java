package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.configuration.Configuration;
import io.tributary.model.AccountId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class NamedAccountsTest {

    private static final AccountId SHOP = AccountId.of("shop");

    @Test
    @DisplayName("accounts that settings name and nobody has are told with the setting")
    void tellsWhatIsMissing() throws Exception {
        Configuration configuration =
                Configuration.load(
                        null,
                        Map.of(
                                "TRIBUTARY_CUSTOMERS_PHONE_REGIONS", "shpo=AT, shop=DE",
                                "TRIBUTARY_OUTBOUND_AT_LEAST_ONCE", "lamp, alarm",
                                "TRIBUTARY_OUTBOUND_QUOTAS", "shop=5/1d",
                                "TRIBUTARY_PLUGINS_CANARIES", "tests"));

        assertThat(NamedAccounts.missing(configuration, Set.of(SHOP)::contains))
                .containsExactly(
                        Map.entry("customers.phone-regions", List.of(AccountId.of("shpo"))),
                        Map.entry(
                                "outbound.at-least-once",
                                List.of(AccountId.of("alarm"), AccountId.of("lamp"))),
                        Map.entry("plugins.canaries", List.of(AccountId.of("tests"))));
    }

    @Test
    @DisplayName("where all are there, or none is named, nothing is told")
    void isSilentOtherwise() throws Exception {
        assertThat(
                        NamedAccounts.missing(
                                Configuration.load(null, Map.of()), Set.of(SHOP)::contains))
                .isEmpty();
        assertThat(
                        NamedAccounts.missing(
                                Configuration.load(
                                        null,
                                        Map.of("TRIBUTARY_CUSTOMERS_PHONE_REGIONS", "shop=AT")),
                                Set.of(SHOP)::contains))
                .isEmpty();
    }
}
