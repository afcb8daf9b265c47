package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("an account's connection")
final class ConnectionsTest {

    @TempDir Path folder = Path.of("");

    private BuzzerMember member = null;
    private Tower tower = null;

    @BeforeEach
    void start() throws Exception {
        member = BuzzerMember.start(folder);
        tower = new Tower(1);
    }

    @AfterEach
    void stop() throws Exception {
        member.close();
        tower.close();
    }

    private String settings(String more) {
        return "\"tower\":" + tower.port() + more;
    }

    @Test
    @DisplayName("13: is made again after it ended, by return or exception, with what it kept")
    void again() {
        member.account("mast", "buzzer", settings(""));
        var first = tower.line(0).hears("hello 0/1 last=none greeting=hello");
        first.say("say 1 ada hi").hears("ok 1 STORED").say("say 1 ada hi").hears("ok 1 DUPLICATE");
        first.say("end");
        var second = tower.line(1).hears("hello 0/1 last=1 greeting=hello");
        second.say("break");
        tower.line(2).hears("hello 0/1 last=1 greeting=hello");

        await().until(() -> tower.open() == 1);
        assertThat(member.log()).containsExactly("INBOUND ada hi");
        assertThat(member.health("mast"))
                .contains("failed with java.lang.IllegalStateException, trying again");
    }

    @Test
    @DisplayName("14: is given messages from UP on, until it says anything else")
    void upAndDown() {
        member.account("mast", "buzzer", settings(""));
        var line = tower.line(0);
        member.write("mast", "ada", "early");
        line.say("say 1 ada hi").hears("ok 1 STORED");
        assertThat(line.heard()).noneMatch(each -> each.startsWith("msg"));
        line.say("up").hears("msg 0 ada early");
        member.typing(member.conversation("mast", "ada"));
        line.hears("signal TYPING").say("down");
        await().until(() -> member.health("mast").contains("the tower said so"));
        member.reply(member.conversation("mast", "ada"), "later");
        line.say("say 2 ada ho").hears("ok 2 STORED");
        assertThat(line.heard()).doesNotContain("msg 0 ada later");

        line.say("up").hears("msg 0 ada later");
        await().until(() -> member.health("mast").contains("up"));
    }

    @Test
    @DisplayName("13: leaves before the next one comes when its account is opened anew")
    void moved() {
        member.account("mast", "buzzer", settings(""));
        var old = tower.line(0).say("up").say("say 1 ada hi").hears("ok 1 STORED");
        String conversation = member.conversation("mast", "ada");
        member.reply(conversation, "slow");
        old.hears("msg 0 ada slow");
        member.account("mast", "buzzer", settings(",\"greeting\":\"servus\""));
        member.reply(conversation, "next");
        old.say("say 2 ada ho").hears("ok 2 STORED").say("release");
        var fresh = tower.line(1).hears("hello 0/1 last=2 greeting=servus").say("up");
        fresh.hears("msg 0 ada next");

        assertThat(old.heard()).containsSubsequence("ok 2 STORED", "done slow", "leaving", "left");
        assertThat(old.heard()).doesNotContain("msg 0 ada next");
        assertThat(tower.mostAtOnce()).isEqualTo(1);
    }

    @Test
    @DisplayName("15: has time to store what it has when the member stops")
    void stopping() throws Exception {
        member.account("mast", "buzzer", settings(""));
        var line = tower.line(0).say("up").say("say 1 ada hi").hears("ok 1 STORED");
        member.close();
        line.hears("left");
        member = BuzzerMember.start(folder);

        tower.line(1).hears("hello 0/1 last=1 greeting=hello");
    }

    @Test
    @DisplayName("23: sends what falls to its slot, and all slots together send everything")
    void slots() throws Exception {
        tower.close();
        tower = new Tower(3);
        member.account("mast", "buzzer", settings(",\"slots\":3"));
        List<Tower.Line> lines = IntStream.range(0, 3).mapToObj(tower::line).toList();
        lines.forEach(each -> each.say("up"));
        List<String> people = IntStream.range(0, 24).mapToObj(i -> "p" + i).toList();
        people.forEach(each -> member.write("mast", each, "to-" + each));
        await().untilAsserted(() -> assertThat(messages(lines)).hasSize(24));

        Set<String> slots =
                messages(lines).stream()
                        .map(each -> each.split(" ")[1])
                        .collect(Collectors.toSet());
        assertThat(slots).containsExactlyInAnyOrder("0", "1", "2");
        for (String each : people) {
            lines.forEach(line -> line.say("owns " + each));
        }
        await().untilAsserted(() -> lines.forEach(line -> assertThat(line.owned()).hasSize(24)));
        for (int i = 0; i < people.size(); i++) {
            int at = i;
            assertThat(lines.stream().filter(line -> line.owned().get(at))).hasSize(1);
            var owner =
                    lines.stream().filter(line -> line.owned().get(at)).findFirst().orElseThrow();
            assertThat(owner.heard()).anyMatch(each -> each.endsWith("to-" + people.get(at)));
        }

        member.account("mast", "buzzer", settings(",\"slots\":2"));
        tower.line(3);
        tower.line(4);
        await().atMost(Duration.ofSeconds(20)).until(() -> tower.open() == 2);
        assertThat(tower.mostAtOnce()).isEqualTo(3);
    }

    private static List<String> messages(List<Tower.Line> lines) {
        return lines.stream()
                .flatMap(each -> each.heard().stream())
                .filter(each -> each.startsWith("msg "))
                .toList();
    }
}
