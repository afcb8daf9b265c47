package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole members of one cluster over one database.
final class MembersIT {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir Path folder;

    private final PostgresAddress database = TestServer.database();
    private final Deque<BuzzerMember> members = new ArrayDeque<>();
    private Tower tower;
    private String notice = "0s";
    private int port;

    @SuppressWarnings("NullAway.Init") // set before each test
    MembersIT() {}

    @BeforeEach
    void build() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // two in a row are free mostly, and each member takes the next one that is
            port = free.getLocalPort();
        }
        tower = new Tower(3);
    }

    @AfterEach
    void close() throws Exception {
        members.forEach(BuzzerMember::close);
        tower.close();
        TestServer.drop(database);
    }

    private BuzzerMember member(String name) throws Exception {
        return member(name, name, KEY);
    }

    private BuzzerMember member(String home, String name, String masterKey) throws Exception {
        Path own = Files.createDirectories(folder.resolve(home));
        Path file =
                Files.writeString(
                        own.resolve("tributary.yaml"),
                        """
                        cluster:
                          name: harbour
                          member: %s
                          port: %d
                          auto-increment: true
                          members: ["127.0.0.1:%d", "127.0.0.1:%d"]
                          keys: ["%s"]
                          notice: %s
                        accounts:
                          door: {channel: buzzer}
                          mast: {channel: buzzer, config: {tower: %d, slots: 3}}
                        """
                                .formatted(name, port, port, port + 1, KEY, notice, tower.port()));
        var member = BuzzerMember.start(own, file, environment(masterKey));
        members.add(member);
        return member;
    }

    private Map<String, String> environment(String masterKey) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRIBUTARY_LOG_DATABASE_URL", database.url());
        environment.put("TRIBUTARY_LOG_DATABASE_USER", database.user());
        environment.put("TRIBUTARY_MASTER_KEY", masterKey);
        return environment;
    }

    @Test
    @DisplayName("show each other's interactions, and answer on each other's devices")
    void oneStory() throws Exception {
        BuzzerMember ada = member("ada");
        BuzzerMember bea = member("bea");
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        ada.send("GET", "/admin/v1/members", null)
                                        .body()
                                        .split("\"grid\":true", -1)
                                        .length
                                == 3);
        Buzzer there =
                Buzzer.connect(ada, "door", "device=cy")
                        .say("say 1 hello")
                        .hears("ok 1 STORED 1 hello");
        await().until(() -> bea.log().contains("INBOUND cy hello"));
        bea.reply(bea.conversation("door", "cy"), "welcome");
        there.hears("msg welcome hello");
        await().until(() ->
                ada.log().contains("INTERNAL cy receiptACCEPTED") || ada.log().size() >= 3);
        assertThat(bea.log()).isEqualTo(ada.log());
        assertThat(ada.log().stream().filter(each -> each.startsWith("OUTBOUND"))).hasSize(1);
    }

    @Test
    @DisplayName("come to the accounts and tokens that one of them was told of")
    void converge() throws Exception {
        BuzzerMember ada = member("ada");
        BuzzerMember bea = member("bea");
        ada.account("gate", "buzzer", "");
        await().until(() ->
                bea.send("GET", "/admin/v1/accounts/gate", null).body().contains("\"up\""));
        Buzzer.connect(bea, "gate", "device=di").say("say 1 hi").hears("ok 1 STORED 1 hello");
        bea.removeAccount("gate");
        await().until(() -> ada.send("GET", "/admin/v1/accounts/gate", null).statusCode() == 404);
    }

    @Test
    @DisplayName("cut the old socket of a device that comes back to another member")
    void moved() throws Exception {
        BuzzerMember ada = member("ada");
        BuzzerMember bea = member("bea");
        Buzzer stays = Buzzer.connect(ada, "door", "device=di").say("say 1 hi");
        Buzzer before = Buzzer.connect(ada, "door", "device=cy").say("say 1 hello");
        before.hears("ok 1 STORED 1 hello");
        Buzzer after = Buzzer.connect(bea, "door", "device=cy").say("say 2 again");
        after.hears("ok 2 STORED 1 hello");
        // at once: the old socket may still be there, and must not get it
        bea.reply(bea.conversation("door", "cy"), "welcome");
        after.hears("msg welcome hello");
        assertThat(before.closedWith()).isEqualTo(1000);
        assertThat(before.heard()).noneMatch(line -> line.contains("welcome"));
        // and back again: the newest counts, wherever it is
        Buzzer home = Buzzer.connect(ada, "door", "device=cy").say("say 3 home");
        assertThat(after.closedWith()).isEqualTo(1000);
        home.hears("ok 3 STORED 1 hello");
        stays.say("say 2 there").hears("ok 2 STORED 2 hello");
    }

    @Test
    @DisplayName("hold each connection once, and the others hold what one leaves")
    void connections() throws Exception {
        BuzzerMember ada = member("ada");
        await().until(() -> tower.open() == 3);
        BuzzerMember bea = member("bea");
        ada.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> tower.lines() == 6 && tower.open() == 3);
        assertThat(tower.mostAtOnce()).isLessThanOrEqualTo(3);
        await().until(() -> bea.send("GET", "/admin/v1/members", null).body().contains("\"mast\""));
        assertThat(bea.send("GET", "/admin/v1/members", null).body())
                .contains("\"bea\"")
                .doesNotContain("\"ada\"");
    }

    @Test
    @DisplayName("say that they leave before they refuse anything")
    void notice() throws Exception {
        notice = "20s";
        BuzzerMember ada = member("ada");
        assertThat(ada.send("GET", "/health/ready", null).statusCode()).isEqualTo(200);
        Thread leaving = Thread.ofPlatform().start(ada::close);
        await().until(() -> ada.send("GET", "/health/ready", null).statusCode() == 503);

        Buzzer.connect(ada, "door", "device=ed").say("say 1 hi").hears("ok 1 STORED 1 hello");
        assertThat(ada.send("GET", "/health/ready", null).body()).contains("stopping");
        assertThat(ada.send("GET", "/admin/v1/members", null).body()).contains("\"leaving\"");
        assertThat(leaving.isAlive()).isTrue();
        leaving.interrupt();
        leaving.join();
    }

    @Test
    @DisplayName("take in nobody who seals with another key, has a name that is taken, or is alone")
    void refused() throws Exception {
        member("ada");
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> member("bea", "bea", Base64.getEncoder().encodeToString(other)))
                .hasMessageContaining("TRIBUTARY_MASTER_KEY");
        assertThatThrownBy(() -> member("other", "ada", KEY))
                .hasMessageContaining("another member named ada")
                .hasMessageContaining("cluster.member");
        assertThatThrownBy(() ->
                        BuzzerMember.start(
                                Files.createDirectories(folder.resolve("alone")), environment(KEY)))
                .hasMessageContaining("shares it with nobody");
    }
}
