package io.tributary.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.cluster.Stranger;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.journal.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who should not be with the members of a cluster, and members who should not start.
@DisplayName("a cluster's members")
final class WrongCompanyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /// A stranger may stay for half a minute: it could be a member whose row is on its way.
    private static final Duration GRACE = Duration.ofSeconds(100);

    @TempDir Path folder;

    private Harbour harbour;

    @SuppressWarnings("NullAway.Init") // set before each test
    WrongCompanyIT() {}

    @BeforeEach
    void build() throws Exception {
        harbour = new Harbour(folder);
    }

    @AfterEach
    void close() throws Exception {
        harbour.close();
    }

    @Test
    @DisplayName(
            "take in no Hazelcast of another name, version or protocol, and their own ever after")
    void foreigners() throws Exception {
        BuzzerMember ada = harbour.ada();
        await().atMost(PATIENCE).until(() -> Harbour.inGrid(ada) == 1);
        staysOut("another-cluster", null);
        staysOut(Harbour.NAME, "5.3.0");
        byte[] noise = new byte[1 << 16];
        new Random(4711).nextBytes(noise);
        for (byte[] bytes :
                List.of(
                        "HZX".getBytes(US_ASCII),
                        "HZY".getBytes(US_ASCII),
                        "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII),
                        new byte[0],
                        noise)) {
            send(bytes);
        }
        assertThat(grids(ada)).isEqualTo(1);
        assertThat(Harbour.ready(ada)).contains("\"status\":\"up\"");

        BuzzerMember bea = harbour.bea();

        await().atMost(PATIENCE)
                .until(() -> Harbour.inGrid(ada) == 2 && grids(ada) == 2 && grids(bea) == 2);
    }

    private void staysOut(String cluster, String version) {
        try (Stranger stranger =
                Stranger.knock(cluster, version, harbour.otherPort(), harbour.adasPort())) {
            assertThat(stranger == null || stranger.company() == 1)
                    .as("%s %s", cluster, version)
                    .isTrue();
        }
    }

    private void send(byte[] bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), harbour.adasPort())) {
            socket.getOutputStream().write(bytes);
        } catch (java.net.SocketException closed) {
            assertThat(closed).hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
    }

    private static int grids(BuzzerMember member) {
        return member.send("GET", "/metrics", null)
                .body()
                .lines()
                .filter(line -> line.startsWith("tributary_grid_members "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    @DisplayName("leave a grid in which somebody has no row, say so, and go on from the log")
    void withoutRow() throws Exception {
        BuzzerMember ada = harbour.ada();
        BuzzerMember bea = harbour.bea();
        await().atMost(PATIENCE).until(() -> grids(ada) == 2 && grids(bea) == 2);
        try (Stranger stranger =
                Stranger.knock(Harbour.NAME, null, harbour.otherPort(), harbour.adasPort())) {
            assertThat(stranger).isNotNull();
            assertThat(stranger.company()).isEqualTo(3);

            await().atMost(GRACE)
                    .until(() ->
                            Harbour.ready(ada).contains("has left the grid")
                                    && Harbour.ready(bea).contains("has left the grid"));

            assertThat(ada.send("GET", "/health/ready", null).statusCode()).isEqualTo(200);
            Buzzer.connect(ada, "door", "device=cy").say("say 1 hi").hears("ok 1 STORED 1 hello");
            await().until(() -> bea.log().size() == 1);
            bea.reply(bea.conversation("door", "cy"), "welcome");
            await().until(() -> ada.log().contains("OUTBOUND cy welcome"));
        }
    }

    @Test
    @DisplayName("do not start at a public address")
    void publicAddress() {
        assertThatThrownBy(() -> harbour.member("ada", "8.8.8.8", InstantSource.system()))
                .isInstanceOfSatisfying(
                        Misconfigured.class,
                        refused ->
                                assertThat(refused.mistakes().toString())
                                        .contains("cluster.bind")
                                        .contains("is a public address"));
    }

    @Test
    @DisplayName("do not start on tables of a later version, and those that run go on")
    void laterTables() throws Exception {
        BuzzerMember ada = harbour.ada();
        try (var direct = TestServer.connect(harbour.database());
                var statement = direct.createStatement()) {
            statement.execute(
                    "insert into schema_history (installed_rank, version, description, type, script,"
                            + " checksum, installed_by, execution_time, success)"
                            + " values (900, '90', 'later', 'SQL', 'V90__later.sql', 1, 'x', 1, true)");
        }

        assertThatThrownBy(harbour::bea)
                .isInstanceOf(Node.CannotStart.class)
                .hasMessageContaining("version 90")
                .hasMessageContaining("later version of the member");
        Buzzer.connect(ada, "door", "device=cy").say("say 1 hi").hears("ok 1 STORED 1 hello");
    }
}
