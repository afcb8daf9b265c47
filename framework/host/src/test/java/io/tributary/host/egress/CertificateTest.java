package io.tributary.host.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.model.AccountId;
import io.tributary.spi.Http;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The socket goes to an address, but the certificate must be that of the name.
final class CertificateTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String NAME = "api.example.com";
    private static final String PASSWORD = "for this test alone";

    @TempDir static Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + NAME,
                                "-ext",
                                "SAN=dns:" + NAME,
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store().toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.txt").toFile())
                        .start();
        assertThat(made.waitFor()).as(Files.readString(folder.resolve("keytool.txt"))).isZero();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().await();
    }

    @Test
    void theNameIsSentAndChecked() throws Exception {
        var ok = WireServer.says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        try (var server =
                        new WireServer(
                                listen(),
                                (head, socket) -> {
                                    assertThat(serverNames(socket)).isEqualTo(NAME);
                                    ok.answer(head, socket);
                                });
                var trusting = http(true);
                var strict = http(false)) {
            var there = URI.create("https://" + NAME + ":" + server.port() + "/");
            var wrongName = URI.create("https://other.example.com:" + server.port() + "/");

            assertThat(trusting.send(Http.Call.get(there)).status()).isEqualTo(200);
            for (var failing :
                    List.of(
                            catchThrowableOfType(
                                    Http.Failure.class,
                                    () -> trusting.send(Http.Call.get(wrongName))),
                            catchThrowableOfType(
                                    Http.Failure.class, () -> strict.send(Http.Call.get(there))))) {
                assertThat(failing.written()).isFalse();
            }
            assertThat(server.requests).hasSize(1);
        }
    }

    private static String serverNames(Socket socket) {
        var session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
        var name = (SNIHostName) session.getRequestedServerNames().getFirst();
        return name.getAsciiName();
    }

    private static AccountHttp http(boolean trusting) {
        var trust = new PfxOptions().setPath(store().toString()).setPassword(PASSWORD);
        return new Egress(
                        VERTX,
                        EgressRules.of(List.of("127.0.0.1")),
                        EgressLimits.USUAL.whole(Duration.ofSeconds(20)),
                        trusting ? trust : null,
                        new SimpleMeterRegistry(),
                        _ -> {},
                        _ -> new InetAddress[] {InetAddress.getByName("127.0.0.1")})
                .open(AccountId.of("pager-us"), null);
    }

    private static SSLServerSocket listen() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return socket(context);
    }

    private static SSLServerSocket socket(SSLContext context) throws IOException {
        return (SSLServerSocket)
                context.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    private static Path store() {
        return folder.resolve("server.p12");
    }
}
