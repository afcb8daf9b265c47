package io.tributary.host.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.model.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("without a file everything has its default")
    void defaults() throws Exception {
        Configuration configuration = Configuration.load(null, Map.of());

        assertThat(configuration.http().port()).isEqualTo(8080);
        assertThat(configuration.http().bodyLimit()).isEqualTo(1_000_000);
        assertThat(configuration.log().dedupeRetention()).isEqualTo(Duration.ofDays(30));
        assertThat(configuration.log().retention()).isNull();
        assertThat(configuration.accounts()).isEmpty();
    }

    @Test
    @DisplayName("an empty file is as good as none")
    void emptyFile() throws Exception {
        assertThat(load("").http().port()).isEqualTo(8080);
        assertThat(load("# nothing yet\n").http().port()).isEqualTo(8080);
    }

    @Test
    @DisplayName("all mistakes are told at once, each with its place and the nearest right key")
    void allMistakesAtOnce() {
        Misconfigured wrong =
                refused(
                        """
                        http:
                          prot: 8080
                          body-limit: lots
                          port: 99999
                        log:
                          retention: 30 days
                        htpp: {}
                        accounts:
                          shop:
                            config: {}
                        """,
                        Map.of());

        assertThat(wrong.mistakes())
                .extracting(Mistake::toString)
                .satisfiesExactlyInAnyOrder(
                        each ->
                                assertThat(each)
                                        .startsWith("tributary.yaml:2:3 http.prot:")
                                        .endsWith("did you mean 'port'?"),
                        each ->
                                assertThat(each)
                                        .startsWith(
                                                "tributary.yaml:3:3 http.body-limit: must be a number and a unit"),
                        each ->
                                assertThat(each)
                                        .startsWith(
                                                "tributary.yaml:4:3 http.port: must have a maximum value of 65535"),
                        each ->
                                assertThat(each)
                                        .startsWith(
                                                "tributary.yaml:6:3 log.retention: must be a number and a unit"),
                        each ->
                                assertThat(each)
                                        .startsWith("tributary.yaml:7:1 htpp:")
                                        .endsWith("did you mean 'http'?"),
                        each ->
                                assertThat(each)
                                        .startsWith(
                                                "tributary.yaml:9:3 accounts.shop: required property 'channel'"));
    }

    @Test
    @DisplayName(
            "a key that stands twice, a second document, no YAML at all and a list are refused")
    void brokenFiles() {
        assertThat(
                        refused("http: {port: 1}\nhttp: {port: 2}\n", Map.of())
                                .mistakes()
                                .getFirst()
                                .toString())
                .startsWith("tributary.yaml:2:1");
        assertThat(refused("data: a\n---\ndata: b\n", Map.of()).mistakes()).hasSize(1);
        assertThat(refused("http: [\n", Map.of()).mistakes().getFirst().text())
                .startsWith("is not YAML");
        assertThat(refused("- http\n", Map.of()).mistakes().getFirst().text())
                .contains("keys and values");
        assertThat(refused("[".repeat(5_000), Map.of()).mistakes()).isNotEmpty();
    }

    @Test
    @DisplayName("the environment wins over the file, and its mistakes name the variable")
    void environment() throws Exception {
        Configuration configuration =
                Configuration.load(
                        write("http: {port: 1000}\n"),
                        Map.of(
                                "TRIBUTARY_HTTP_PORT", "2000",
                                "TRIBUTARY_EGRESS_ALLOW", "10.0.0.0/8, example.org",
                                "TRIBUTARY_ADMIN_TOKEN", "not a key",
                                "HOME", "/"));

        assertThat(configuration.http().port()).isEqualTo(2000);
        assertThat(configuration.egress().allow()).containsExactly("10.0.0.0/8", "example.org");
        assertThat(refused("", Map.of("TRIBUTARY_HTTP_PROT", "1")).mistakes().getFirst().toString())
                .isEqualTo(
                        "TRIBUTARY_HTTP_PROT stands for no key; did you mean TRIBUTARY_HTTP_PORT?");
        assertThat(
                        refused("", Map.of("TRIBUTARY_HTTP_PORT", "many"))
                                .mistakes()
                                .getFirst()
                                .toString())
                .isEqualTo("TRIBUTARY_HTTP_PORT http.port: must be of type integer");
    }

    @Test
    @DisplayName("proxies are trusted by address or range, and by nothing else")
    void trustedProxies() throws Exception {
        assertThat(load("").http().trustedProxies()).isEmpty();
        assertThat(
                        load("http: {trusted-proxies: [192.0.2.7, 10.0.0.0/8, '::1', 'fd00::/8']}\n")
                                .http()
                                .trustedProxies())
                .containsExactly("192.0.2.7", "10.0.0.0/8", "::1", "fd00::/8");
        assertThat(
                        Configuration.load(
                                        null,
                                        Map.of("TRIBUTARY_HTTP_TRUSTED_PROXIES", "127.0.0.1, ::1"))
                                .http()
                                .trustedProxies())
                .containsExactly("127.0.0.1", "::1");
        for (String wrong :
                List.of("proxy.example.com", "10.0.0.0/33", "300.1.1.1", "::/129", "")) {
            assertThat(refused("http: {trusted-proxies: ['" + wrong + "']}\n", Map.of()).mistakes())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "tributary.yaml:1:26 http.trusted-proxies.0: must be an address or a range");
        }
    }

    @Test
    @DisplayName(
            "accounts keep their secrets' sources and the places of their keys, and print no secret")
    void accounts() throws Exception {
        Configuration configuration =
                load(
                        """
                        accounts:
                          shop:
                            channel: pager
                            config:
                              url: https://pager.example
                            secrets:
                              token: {env: PAGER_TOKEN}
                              other: plain-secret
                        """);

        Configuration.Account account = configuration.accounts().get(new AccountId("shop"));
        assertThat(account).isNotNull();
        assertThat(account.config()).isEqualTo("{\"url\":\"https://pager.example\"}");
        assertThat(account.secrets().get("token"))
                .isEqualTo(new Configuration.SecretSource.FromEnvironment("PAGER_TOKEN"));
        assertThat(account.places().get("/config/url")).hasToString("tributary.yaml:5:7");
        assertThat(configuration.toString()).doesNotContain("plain-secret");
    }

    @Test
    @DisplayName("an account stands once in a list, and its country is one")
    void listsOfAccounts() throws Exception {
        assertThat(
                        load("customers: {phone-regions: [a=AT, b=AT, c=DE]}\n")
                                .customers()
                                .phoneRegions())
                .containsOnly(
                        Map.entry(AccountId.of("a"), "AT"),
                        Map.entry(AccountId.of("b"), "AT"),
                        Map.entry(AccountId.of("c"), "DE"));
        Misconfigured wrong =
                refused(
                        """
                        customers:
                          phone-regions: [a=AT, a=DE, b=XX]
                        outbound:
                          quotas: [a=5/1d, b=5/1d, b=6/1d]
                        """,
                        Map.of());

        assertThat(wrong.mistakes())
                .extracting(Mistake::toString)
                .containsExactlyInAnyOrder(
                        "tributary.yaml:2:25 customers.phone-regions.1: names account a a second time; keep one",
                        "tributary.yaml:2:31 customers.phone-regions.2: names XX, of which no telephone numbers are known",
                        "tributary.yaml:4:28 outbound.quotas.2: names account b a second time; keep one");
        assertThat(refused("", Map.of("TRIBUTARY_CUSTOMERS_PHONE_REGIONS", "a=AT,a=AT")).mistakes())
                .singleElement()
                .asString()
                .startsWith("TRIBUTARY_CUSTOMERS_PHONE_REGIONS customers.phone-regions.1: ");
    }

    @Test
    @DisplayName("every setting in force is listed with where it was said")
    void settings() throws Exception {
        List<Configuration.Setting> settings = load("http: {port: 1000}\n").settings();

        assertThat(settings)
                .anySatisfy(each -> {
                    assertThat(each.key()).isEqualTo("http.port");
                    assertThat(each.value()).isEqualTo("1000");
                    assertThat(each.from()).hasToString("tributary.yaml:1:8");
                })
                .anySatisfy(each -> {
                    assertThat(each.key()).isEqualTo("http.host");
                    assertThat(each.from()).isNull();
                });
    }

    private Configuration load(String text) throws Exception {
        return Configuration.load(write(text), Map.of());
    }

    private Misconfigured refused(String text, Map<String, String> environment) {
        return catchThrowableOfType(
                Misconfigured.class, () -> Configuration.load(write(text), environment));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("tributary.yaml"), text);
    }
}
