package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Health;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a broker behind TLS")
class TlsTest {

    private static final String WORD = "changeit";

    @TempDir Path folder = Path.of("");

    private String authority = "";

    @BeforeEach
    void makeCertificate() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "SAN=ip:127.0.0.1");
        keytool("-exportcert", "-rfc", "-alias", "broker", "-file", file("broker.pem"));
        authority = Files.readString(folder.resolve("broker.pem"));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void keytool(String... words) throws Exception {
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", file("keys"), "-storepass", WORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private ServerSocket server() throws Exception {
        var keys = KeyStore.getInstance(folder.resolve("keys").toFile(), WORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, WORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @Test
    @DisplayName("is believed by its certificate, for its own address, and no other is")
    void believed() throws Exception {
        try (var broker = new LoopbackBroker(1, server())) {
            var secure =
                    Sample.settings(broker.uri())
                            .with("broker", "mqtts://127.0.0.1:" + broker.uri().getPort());
            assertThat(health(secure.with("authorities", authority))).isEqualTo(Health.State.UP);
            assertThat(health(secure)).isEqualTo(Health.State.DOWN);
            assertThat(
                            health(
                                    secure.with("authorities", authority)
                                            .with(
                                                    "broker",
                                                    "mqtts://localhost:" + broker.uri().getPort())))
                    .isEqualTo(Health.State.DOWN);
        }
    }

    private static Health.State health(TestSettings settings) throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new WearablesChannel(), settings)) {
            return ((WearablesAccount) account.account()).check().state();
        }
    }
}
