package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Three whole members over one database. Two are in one grid; the third finds nobody there, as if
/// the network were cut.
@DisplayName("members of a cluster")
final class SharedFiguresIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir static Path folder = Path.of("");

    private static final PostgresAddress DATABASE = TestServer.database();
    private static final Deque<BuzzerMember> MEMBERS = new ArrayDeque<>();

    private static Tower tower;
    private static BuzzerMember ada;
    private static BuzzerMember bea;
    private static BuzzerMember cut;

    @BeforeAll
    static void start() throws Exception {
        tower = new Tower(1);
        int port = port();
        ada = member("ada", port, port, port + 1);
        bea = member("bea", port, port, port + 1);
        int apart = port();
        cut = member("cut", apart, apart);
        await().atMost(LONG).until(() -> view(ada, "bea").has("agents"));
        await().atMost(LONG).until(() -> view(bea, "ada").has("agents"));
        await().atMost(LONG).until(() -> view(cut, "cut").path("grid").asBoolean());
        await().atMost(LONG).until(() -> tower.open() == 1);
    }

    @AfterAll
    static void close() throws Exception {
        MEMBERS.forEach(BuzzerMember::close);
        tower.close();
        TestServer.drop(DATABASE);
    }

    private static int port() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static BuzzerMember member(String name, int port, int... others) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        List<String> listed =
                Arrays.stream(others).mapToObj(each -> "\"127.0.0.1:" + each + '"').toList();
        Path file =
                Files.writeString(
                        own.resolve("tributary.yaml"),
                        """
                        cluster:
                          name: harbour
                          member: %s
                          port: %d
                          auto-increment: true
                          members: %s
                          keys: ["%s"]
                        accounts:
                          door: {channel: buzzer}
                          gate: {channel: buzzer}
                          till: {channel: buzzer}
                          mast: {channel: buzzer, config: {tower: %d}}
                        """
                                .formatted(name, port, listed, KEY, tower.port()));
        Map<String, String> environment =
                Map.of(
                        "TRIBUTARY_LOG_DATABASE_URL",
                        DATABASE.url(),
                        "TRIBUTARY_LOG_DATABASE_USER",
                        DATABASE.user(),
                        "TRIBUTARY_MASTER_KEY",
                        KEY);
        var member = BuzzerMember.start(own, file, environment);
        MEMBERS.add(member);
        return member;
    }

    private static JsonNode got(BuzzerMember member, String path) {
        return JSON.readTree(member.send("GET", path, null).body());
    }

    /// How one member sees another.
    private static JsonNode view(BuzzerMember member, String name) {
        for (JsonNode each : got(member, "/admin/v1/members").path("items")) {
            if (each.path("name").asString("").equals(name)) {
                return each;
            }
        }
        return JSON.missingNode();
    }

    /// What a member says of an account.
    private static JsonNode insight(BuzzerMember member, String account) {
        return got(member, "/admin/v1/insights?account=" + account).path("items").path(0);
    }

    private static String token(BuzzerMember member, String scope, String accounts) {
        String body = "{\"name\":\"limited\",\"scopes\":[\"%s\"],\"accounts\":[%s]}";
        var answer = member.send("POST", "/admin/v1/tokens", body.formatted(scope, accounts));
        return JSON.readTree(answer.body()).path("token").asString("");
    }

    private static Desk desk(BuzzerMember member, String query) {
        return Desk.at(member, BuzzerMember.TOKEN, query);
    }

    @Test
    @DisplayName("count the same, whoever took what and whether or not they hear of each other")
    void insights() throws Exception {
        Buzzer cy = Buzzer.connect(ada, "till", "device=cy");
        Buzzer di = Buzzer.connect(cut, "till", "device=di");
        cy.say("say 1 hello").hears("ok 1 STORED 1 hello").say("say 2 again");
        di.say("say 1 hi").hears("ok 1 STORED 1 hello");
        cy.hears("ok 2 STORED 2 hello");
        await().until(() -> bea.log().contains("INBOUND cy again"));
        bea.reply(bea.conversation("till", "cy"), "welcome");

        await().atMost(LONG).until(() -> insight(cut, "till").path("answered").asInt(0) == 1);
        JsonNode seen = insight(cut, "till");
        assertThat(seen.path("arrivals").asInt()).isEqualTo(3);
        assertThat(seen.path("open").asInt()).isEqualTo(2);
        assertThat(seen.path("waiting").asInt()).isEqualTo(1);
        assertThat(seen.path("waitingSince").asString("")).isNotEmpty();
        assertThat(seen.path("meanFirstResponseMillis").asLong(-1)).isNotNegative();
        await().atMost(LONG).until(() -> insight(ada, "till").equals(seen));
        await().atMost(LONG).until(() -> insight(bea, "till").equals(seen));

        String limited = token(ada, "admin:read", "\"gate\"");
        await().until(() -> bea.as(limited, "/admin/v1/insights").statusCode() == 200);
        assertThat(bea.as(limited, "/admin/v1/insights").body()).doesNotContain("till");
        assertThat(bea.as(limited, "/admin/v1/insights?account=till").statusCode()).isEqualTo(404);
        cy.vanish();
        di.vanish();
    }

    @Test
    @DisplayName("show a customer's signals to agents and devices on the others, each once")
    void theirs() {
        String limited = token(ada, "interactions:read", "\"gate\"");
        await().until(() -> bea.as(limited, "/v1/interactions").statusCode() == 200);
        Buzzer eve = Buzzer.connect(ada, "door", "device=eve");
        Buzzer here = Buzzer.connect(ada, "door", "device=here&follow=eve");
        Buzzer there = Buzzer.connect(bea, "door", "device=there&follow=eve");
        here.hears("hello hello");
        there.hears("hello hello");
        try (Desk atAda = desk(ada, "?signals=true&account=door");
                Desk atBea = desk(bea, "?signals=true&account=door");
                Desk plain = desk(bea, "?account=door");
                Desk other = Desk.at(bea, limited, "?signals=true");
                Desk apart = desk(cut, "?signals=true&account=door")) {
            // who follows begins a moment after it was greeted
            var said = new ArrayList<String>();
            await().until(() -> {
                eve.say("typing eve");
                said.add("typing eve");
                return here.noticed() > 0 && there.noticed() > 0;
            });
            long missed = said.size() - 1;
            for (int i = 0; i < 20 + missed; i++) {
                eve.say("typing eve");
                said.add("typing eve");
            }
            eve.say("typing fin");
            said.add("typing fin");
            eve.say("say 1 done").hears("ok 1 STORED 1 hello");
            for (Desk each : List.of(atAda, atBea, plain, apart)) {
                await().until(() -> each.interactions() > 0);
            }
            await().untilAsserted(() -> assertThat(atAda.signals()).isEqualTo(said));
            await().untilAsserted(() -> assertThat(atBea.signals()).isEqualTo(said));
            assertThat(plain.signals()).isEmpty();
            assertThat(other.signals()).isEmpty();
            assertThat(apart.signals()).isEmpty();
            // were each shown twice, it would be more often than it was said
            await().until(() -> here.noticed() >= 10 && there.noticed() >= 10);
            assertThat(here.noticed()).isLessThan(said.size());
            assertThat(there.noticed()).isLessThan(said.size());
        }
        List.of(eve, here, there).forEach(Buzzer::vanish);
    }

    @Test
    @DisplayName("show the customer who is connected to another that somebody is writing")
    void ours() {
        Buzzer gus = Buzzer.connect(bea, "door", "device=gus");
        gus.say("say 1 hello").hears("ok 1 STORED 1 hello");
        var line = tower.line(0);
        line.say("up");
        line.say("say 9 hal hello");
        await().until(() -> ada.log().contains("INBOUND gus hello"));
        await().until(() -> ada.log().contains("INBOUND hal hello"));

        ada.typing(ada.conversation("door", "gus"));
        gus.hears("signal TYPING");
        bea.typing(bea.conversation("door", "gus"));
        await().until(() -> gus.heard().stream().filter("signal TYPING"::equals).count() == 2);

        // one of both has the slot
        ada.typing(ada.conversation("mast", "hal"));
        bea.typing(bea.conversation("mast", "hal"));
        await().until(() -> line.heard().stream().filter("signal TYPING"::equals).count() == 2);
        cut.typing(cut.conversation("door", "gus"));
        gus.say("say 2 bye").hears("ok 2 STORED 2 hello");
        assertThat(gus.heard().stream().filter("signal TYPING"::equals)).hasSize(2);
        gus.vanish();
    }

    @Test
    @DisplayName("know how many agents and devices are connected to those in sight")
    void presence() {
        String limited = token(ada, "admin:read", "\"gate\"");
        Buzzer ivy = Buzzer.connect(bea, "gate", "device=ivy");
        Buzzer jo = Buzzer.connect(bea, "door", "device=jo-there");
        Desk one = desk(bea, "");
        Desk two = desk(bea, "");
        await().atMost(LONG).until(() -> view(ada, "bea").path("devices").asInt(-1) >= 2);
        await().atMost(LONG).until(() -> view(ada, "bea").path("agents").asInt(-1) == 1);
        JsonNode narrow = JSON.readTree(ada.as(limited, "/admin/v1/members").body());
        for (JsonNode each : narrow.path("items")) {
            if (each.path("name").asString("").equals("bea")) {
                assertThat(each.path("devices").asInt()).isEqualTo(1);
            }
        }
        assertThat(view(cut, "bea").path("grid").asBoolean()).isTrue();
        assertThat(view(cut, "bea").has("agents")).isFalse();
        assertThat(view(cut, "cut").has("agents")).isTrue();

        one.close();
        ivy.vanish();
        jo.vanish();
        await().atMost(LONG).until(() -> view(ada, "bea").path("devices").asInt(-1) == 0);
        assertThat(view(ada, "bea").path("agents").asInt()).isEqualTo(1);
        two.close();
        await().atMost(LONG).until(() -> view(ada, "bea").path("agents").asInt(-1) == 0);
    }
}
