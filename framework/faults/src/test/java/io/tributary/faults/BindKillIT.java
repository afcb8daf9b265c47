package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.smpp.simulator.Smsc;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Kills the member that holds a bind, in the midst of what comes on it.
final class BindKillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TAKEN_UP = Duration.ofSeconds(10);
    private static final int WORDS = 200;
    private static final String LINE = "+15005550006";

    @TempDir Path folder;

    @Test
    @DisplayName(
            "when the member with the bind is killed another one has it within 10 s, never two at once, and nothing is lost")
    void moves() throws Exception {
        try (Database database = Database.start(folder);
                Smsc smsc = Smsc.start(0);
                Members members =
                        new Members(
                                Fleet.over(database, folder)
                                        .with("TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true")
                                        .launches(),
                                Front.NONE)) {
            members.startAll();
            bind(members.number(0), smsc);
            await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
            say(smsc, 0, WORDS);
            await().atMost(PATIENCE).until(() -> smsc.acknowledged().size() >= WORDS / 2);
            int owner = owner(members.any());
            assertThat(owner).as("whose bind it is").isNotNegative();
            say(smsc, WORDS, 2 * WORDS);
            members.kill(owner);
            assertThat(smsc.acknowledged()).as("in the midst").hasSizeLessThan(2 * WORDS);
            long began = System.nanoTime();
            await().atMost(PATIENCE).until(() -> smsc.bound() == 0);
            await().atMost(TAKEN_UP).until(() -> smsc.bound() == 1);
            Duration taken = Duration.ofNanos(System.nanoTime() - began);
            System.out.printf("bound again after %d ms%n", taken.toMillis());
            assertThat(taken).isLessThan(TAKEN_UP);

            await().atMost(PATIENCE).until(() -> smsc.acknowledged().size() == 2 * WORDS);
            assertThat(owner(members.any())).isNotNegative().isNotEqualTo(owner);
            assertThat(smsc.mostBound()).isEqualTo(1);
            List<String> kept =
                    members.any().log().stream()
                            .map(Row::text)
                            .filter(each -> !each.isEmpty())
                            .toList();
            // what was stored and not answered may have come again; it is never missing
            assertThat(kept).containsAll(words(0, 2 * WORDS));
            assertThat(kept.stream().distinct()).hasSize(2 * WORDS);
        }
    }

    private static void bind(Member member, Smsc smsc) throws Exception {
        member.change(
                "POST",
                "/admin/v1/plugins",
                "application/java-archive",
                BodyPublishers.ofFile(jar()));
        await().atMost(PATIENCE)
                .until(() ->
                        member.json("/admin/v1/plugins/sms-smpp/rollout")
                                .path("state")
                                .asString("")
                                .equals("converged"));
        member.change(
                "PUT",
                "/admin/v1/accounts/carrier",
                "application/json",
                BodyPublishers.ofString(
                        """
                        {"channel": "sms-smpp", "config": {"url": "%s", "systemId": "%s", "lines": ["%s"]},
                         "secrets": {"password": "%s"}}\
                        """
                                .formatted(smsc.uri(), Smsc.SYSTEM_ID, LINE, Smsc.PASSWORD)));
    }

    /// What the build left of the channel.
    private static Path jar() throws IOException {
        try (var jars =
                Files.newDirectoryStream(
                        Path.of("../../plugins/sms-smpp/target"), "sms-smpp-[0-9]*SNAPSHOT.jar")) {
            return jars.iterator().next();
        }
    }

    private static void say(Smsc smsc, int from, int to) {
        for (String word : words(from, to)) {
            smsc.say("+1555123" + (1000 + Math.floorMod(word.hashCode(), 7)), LINE, word);
        }
    }

    private static List<String> words(int from, int to) {
        return IntStream.range(from, to).mapToObj(each -> "word " + each).toList();
    }

    /// Who has the bind; -1: nobody says so.
    private static int owner(Member asked) throws IOException, InterruptedException {
        for (JsonNode member : asked.json("/admin/v1/members").path("items")) {
            if (member.path("slots").toString().contains("carrier")
                    && !member.path("state").asString("").equals("lost")) {
                return Integer.parseInt(
                        member.path("name").asString().substring("member-".length()));
            }
        }
        return -1;
    }
}
