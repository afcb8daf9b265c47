package io.tributary.host.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the cluster of a configuration")
final class ClusterRulesTest {

    private static final String WHOLE =
            """
            cluster:
              name: shop
              member: ada
              bind: 10.0.0.5
              members: [10.0.0.5:5701, "bob.internal:5702", "[fd00::7]:5701"]
              keys:
                - file: keys/new
                - env: OLD_KEY
                - c2VzYW1l
            """;

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("is none by default")
    void none() throws Exception {
        assertThat(Configuration.load(null, Map.of()).cluster()).isNull();
        assertThat(load("cluster: {}\n", Map.of()).cluster()).isNull();
    }

    @Test
    @DisplayName("says who, where, with whom, and how it is sealed")
    void whole() throws Exception {
        Configuration configuration = load(WHOLE, Map.of());
        Configuration.Cluster cluster = configuration.cluster();

        assertThat(cluster)
                .isEqualTo(
                        new Configuration.Cluster(
                                "shop",
                                "ada",
                                InetAddress.ofLiteral("10.0.0.5"),
                                5701,
                                false,
                                java.util.List.of(
                                        "10.0.0.5:5701", "bob.internal:5702", "[fd00::7]:5701"),
                                null,
                                java.util.List.of(
                                        new Configuration.SecretSource.FromFile(
                                                folder.toAbsolutePath().resolve("keys/new")),
                                        new Configuration.SecretSource.FromEnvironment("OLD_KEY"),
                                        new Configuration.SecretSource.Plain("c2VzYW1l")),
                                1,
                                Duration.ofSeconds(3)));
        assertThat(configuration.settings().toString())
                .contains("3 of them")
                .doesNotContain("c2VzYW1l");
    }

    @Test
    @DisplayName("may come from the environment, as a pod's does")
    void environment() throws Exception {
        Configuration.Cluster cluster =
                load(
                                "",
                                Map.of(
                                        "TRIBUTARY_CLUSTER_NAME", "shop",
                                        "TRIBUTARY_CLUSTER_BIND", "100.64.3.4",
                                        "TRIBUTARY_CLUSTER_KUBERNETES_DNS", "tributary.shop.svc",
                                        "TRIBUTARY_CLUSTER_SIZE", "3",
                                        "TRIBUTARY_CLUSTER_KEYS", "c2VzYW1l,YWxhZGRpbg=="))
                        .cluster();

        assertThat(cluster).isNotNull();
        assertThat(cluster.kubernetesDns()).isEqualTo("tributary.shop.svc");
        assertThat(cluster.members()).isEmpty();
        assertThat(cluster.keys()).hasSize(2);
        assertThat(cluster.size()).isEqualTo(3);
        assertThat(cluster.member()).matches("[a-z0-9][a-z0-9.-]{0,62}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.5",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "fd00::1",
                "fe80::1"
            })
    @DisplayName("binds to private addresses")
    void privateAddress(String address) throws Exception {
        assertThat(load(WHOLE.replace("10.0.0.5\n", "'" + address + "'\n"), Map.of()).cluster())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "192.169.0.1",
                "2001:4860:4860::8888"
            })
    @DisplayName("refuses a public address with a clear sentence, unless it is forced")
    void publicAddress(String address) throws Exception {
        String text = WHOLE.replace("10.0.0.5\n", "'" + address + "'\n");

        assertThat(refused(text))
                .singleElement()
                .asString()
                .isEqualTo(
                        "tributary.yaml:4:3 cluster.bind: is a public address, and the grid has"
                                + " neither TLS nor passwords: bind to a private one (or set"
                                + " cluster.force-public if something else keeps strangers out)");
        assertThat(load(text + "  force-public: true\n", Map.of()).cluster()).isNotNull();
    }

    @Test
    @DisplayName("gives notice for twenty seconds at the most")
    void notice() throws Exception {
        assertThat(load(WHOLE + "  notice: 20s\n", Map.of()).cluster())
                .extracting(Configuration.Cluster::notice)
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(refused(WHOLE + "  notice: 21s\n"))
                .singleElement()
                .asString()
                .contains("cluster.notice: is longer than 20s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    @DisplayName("does not bind to all addresses at once, forced or not")
    void anyAddress(String address) {
        String text = WHOLE.replace("10.0.0.5\n", "'" + address + "'\n");
        assertThat(refused(text))
                .singleElement()
                .asString()
                .contains("cluster.bind: stands for all addresses of this machine");
        assertThat(refused(text + "  force-public: true\n")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"  bind: 127.0.0.1\n", "  bind: '::1'\n", ""})
    @DisplayName("does not bind to the loopback, as it does by default, with members elsewhere")
    void loopback(String bind) {
        assertThat(refused(WHOLE.replace("  bind: 10.0.0.5\n", bind)))
                .singleElement()
                .asString()
                .contains("cluster.bind: is ")
                .contains("which members elsewhere do not reach, and 10.0.0.5:5701 is elsewhere");
        assertThat(
                        refused(
                                "cluster:\n  name: shop\n  kubernetes-dns: shop.svc\n  keys: [a]\n"
                                        + bind))
                .singleElement()
                .asString()
                .contains("shop.svc is elsewhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5702", "'localhost:5702'", "'[::1]:5702'"})
    @DisplayName("binds to the loopback where all members are on it")
    void oneMachine(String other) throws Exception {
        assertThat(
                        load(
                                        "cluster:\n"
                                                + "  name: shop\n"
                                                + "  keys: [a]\n"
                                                + "  members: [127.0.0.1:5701, "
                                                + other
                                                + "]\n",
                                        Map.of())
                                .cluster())
                .isNotNull();
    }

    @Test
    @DisplayName("tells everything that is missing or too much, where it stands")
    void mistakes() {
        assertThat(refused("cluster:\n  bind: localhost\n  kubernetes-dns: a.b\n"))
                .extracting(Mistake::toString)
                .containsExactly(
                        "tributary.yaml:1:1 cluster.name: is missing: without it the member joins"
                                + " nobody",
                        "tributary.yaml:2:3 cluster.bind: must be an address in numbers, such as"
                                + " 10.0.0.5",
                        "tributary.yaml:1:1 cluster.keys: needs one key at least, the same on all"
                                + " members; `openssl rand -base64 32` makes one");
        assertThat(refused(WHOLE + "  kubernetes-dns: a.b\n  size: 3\n"))
                .singleElement()
                .asString()
                .contains("only one can say where the members are");
        assertThat(refused("cluster:\n  name: shop\n  keys: [a]\n"))
                .singleElement()
                .asString()
                .contains("must say where the members are");
        assertThat(refused(WHOLE.replace("5702", "70000")))
                .singleElement()
                .asString()
                .contains("names a port that there is not");
        assertThat(refused(WHOLE.replace("bob.internal:5702", "bob.internal")))
                .singleElement()
                .asString()
                .contains("must be a host and a port, such as 10.0.0.5:5701");
    }

    @Test
    @DisplayName("names members after their machines, whatever those are called")
    void machineNames() {
        assertThat(MachineName.of("Shop_7.Example")).isEqualTo("shop-7.example");
        assertThat(MachineName.of("-.x")).isEqualTo("x");
        assertThat(MachineName.of("...")).isEqualTo("member");
        assertThat(MachineName.of("a".repeat(80))).hasSize(63);
    }

    private java.util.List<Mistake> refused(String text) {
        Misconfigured wrong = catchThrowableOfType(Misconfigured.class, () -> load(text, Map.of()));
        assertThat(wrong).as("refused").isNotNull();
        return wrong.mistakes();
    }

    private Configuration load(String text, Map<String, String> environment) throws Exception {
        Path file = folder.resolve("tributary.yaml");
        Files.writeString(file, text);
        return Configuration.load(file, environment);
    }
}
