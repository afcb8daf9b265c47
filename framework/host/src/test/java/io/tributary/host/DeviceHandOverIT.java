package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guarantee 20. An account that is put again is opened anew, as for a new version of its plugin.
@DisplayName("an open socket whose account is opened anew")
final class DeviceHandOverIT {

    @TempDir Path folder = Path.of("");

    private final List<Buzzer> buzzers = new ArrayList<>();
    private BuzzerMember member = null;

    @BeforeEach
    void start() throws Exception {
        member = BuzzerMember.start(folder);
        member.account("shop", "buzzer", "");
    }

    @AfterEach
    void stop() {
        buzzers.forEach(Buzzer::vanish);
        member.close();
    }

    private Buzzer buzzer(String query) {
        var buzzer = Buzzer.connect(member, "shop", query);
        buzzers.add(buzzer);
        return buzzer;
    }

    @Test
    @DisplayName("stays open and goes on where the session before left off")
    void goesOn() {
        var ada = buzzer("device=ada&follow=ada").say("say 1 one").hears("ok 1 STORED 1 hello");
        member.account("shop", "buzzer", "\"greeting\":\"servus\"");
        ada.hears("again servus").say("say 2 two").hears("ok 2 STORED 2 servus");
        member.reply(member.conversation("shop", "ada"), "three");
        ada.hears("msg three servus");
        await().untilAsserted(() ->
                assertThat(ada.heard().stream().filter(e -> e.contains("INBOUND"))).hasSize(2));

        assertThat(ada.isOpen()).isTrue();
        assertThat(member.log()).doesNotContain("INBOUND ada closed hello");
        ada.hangUp();
        await().until(() -> member.log().contains("INBOUND ada closed servus"));
        assertThat(member.log().stream().filter(each -> each.contains("closed"))).hasSize(1);
    }

    @Test
    @DisplayName("gives a send its time, while frames still flow and others wait")
    void drains() {
        var ada = buzzer("device=ada").say("say 1 one").hears("ok 1 STORED 1 hello");
        String conversation = member.conversation("shop", "ada");
        member.reply(conversation, "slow");
        ada.hears("slow");
        member.account("shop", "buzzer", "\"greeting\":\"servus\"");
        member.reply(conversation, "next");
        ada.say("say 2 two").hears("ok 2 STORED 2 hello").say("release it");
        ada.hears("msg next servus");

        assertThat(ada.heard())
                .containsSubsequence(
                        "ok 2 STORED 2 hello", "msg slow hello", "again servus", "msg next servus");
    }

    @Test
    @DisplayName("is closed with 1012 where it cannot be parked or is not taken over")
    void closed() {
        var ada = buzzer("device=ada").say("say 1 one").hears("ok 1 STORED 1 hello");
        member.account("shop", "buzzer", "\"mood\":\"forgetful\"");
        assertThat(ada.closedWith()).isEqualTo(1012);
        member.account("shop", "buzzer", "\"mood\":\"parking-fails\"");
        var bob = buzzer("device=bob").hears("hello hello");
        member.account("shop", "buzzer", "\"mood\":\"parks-too-much\"");
        assertThat(bob.closedWith()).isEqualTo(1012);
        var eve = buzzer("device=eve").hears("hello hello");
        member.account("shop", "buzzer", "");
        assertThat(eve.closedWith()).isEqualTo(1012);
        var last = buzzer("device=last").hears("hello hello");
        member.removeAccount("shop");
        assertThat(last.closedWith()).isEqualTo(1012);

        // who was parked hears nothing more; the others are told that they end
        await().untilAsserted(() ->
                assertThat(member.log())
                        .contains("INBOUND bob closed hello", "INBOUND eve closed hello")
                        .doesNotContain("INBOUND ada closed hello"));
    }

    @Test
    @DisplayName("loses and reorders no frame: five hundred of them, moved while all of them talk")
    void manyAtOnce() {
        int many = 500;
        IntStream.range(0, many).forEach(i -> buzzer("device=d" + i));
        buzzers.forEach(each -> each.hears("hello hello"));
        for (int word = 0; word < 6; word++) {
            int id = word;
            buzzers.forEach(each -> each.saying("say " + id + " w" + id));
            if (word == 2) {
                member.account("shop", "buzzer", "\"greeting\":\"servus\"");
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(
                                        buzzers.stream()
                                                .filter(each ->
                                                        oks(each).size() < 6
                                                                || !each.heard()
                                                                        .contains("again servus")))
                                .isEmpty());

        for (var each : buzzers) {
            assertThat(each.isOpen()).isTrue();
            assertThat(oks(each))
                    .containsExactly(
                            "ok 0 STORED 1",
                            "ok 1 STORED 2",
                            "ok 2 STORED 3",
                            "ok 3 STORED 4",
                            "ok 4 STORED 5",
                            "ok 5 STORED 6");
        }
        assertThat(member.log()).hasSize(many * 6);
    }

    private static List<String> oks(Buzzer buzzer) {
        return buzzer.heard().stream()
                .filter(each -> each.startsWith("ok "))
                .map(each -> each.substring(0, each.lastIndexOf(' ')))
                .toList();
    }

    @Test
    @DisplayName("10: many that deliver at once do not wait for each other where one call may run")
    void oneCallAtOnce() {
        member.account("corner", "shy-buzzer", "");
        var many =
                IntStream.range(0, 60)
                        .mapToObj(i -> Buzzer.connect(member, "corner", "device=d" + i))
                        .toList();
        buzzers.addAll(many);
        for (int word = 0; word < 5; word++) {
            int id = word;
            many.forEach(each -> each.saying("say " + id + " w" + id));
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(many).allMatch(each -> oks(each).size() == 5));
        assertThat(member.log()).hasSize(300);
    }
}
