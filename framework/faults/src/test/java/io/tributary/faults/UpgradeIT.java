package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Changes the version of a plugin under load, forwards and back, again and again.
///
/// `-Dfaults.upgrades=20` does so that often.
final class UpgradeIT {

    private static final int TIMES = Integer.getInteger("faults.upgrades", 6);
    private static final int REPLIES = 100;

    /// Longer than a thousand messages take, so that some versions are taken back within.
    private static final String WATCH = "10s";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PLUGIN = "/admin/v1/plugins/sms-twilio";

    @TempDir Path folder;

    @Test
    @DisplayName("versions come and go under load, and nothing is lost, doubled or out of order")
    void upgrades() throws Exception {
        Launch launch = Places.launch(folder);
        Versions versions = Versions.of(launch, folder.resolve("versions"), "sms-twilio");
        Launch trusting =
                launch.with(
                        Map.of(
                                "TRIBUTARY_PLUGINS_TRUST",
                                versions.trust().toString(),
                                "TRIBUTARY_PLUGINS_WATCH",
                                WATCH,
                                "TRIBUTARY_EGRESS_ALLOW",
                                "127.0.0.0/8"));
        // each is signed by a process of its own, which takes longer under load than a watch lasts
        List<Path> jars = new ArrayList<>();
        for (int i = 1; i <= TIMES; i++) {
            jars.add(versions.jar("1.%d.0".formatted(i)));
        }
        try (Handset handset = Handset.open();
                Siege siege =
                        Siege.begin(
                                trusting,
                                Front.NONE,
                                folder.resolve("record"),
                                new Random(),
                                StreamReader.Habit.CAREFUL)) {
            Member member = siege.member();
            member.repliesGoTo(handset.url());
            assertThat(siege.provider().awaitMore(3_000, PATIENCE)).isTrue();
            Replier replier = siege.replies(REPLIES);
            List<Duration> pauses = new ArrayList<>();
            List<Duration> installs = new ArrayList<>();
            for (int i = 1; i <= TIMES; i++) {
                Path jar = jars.get(i - 1);
                assertThat(siege.provider().awaitMore(500, PATIENCE)).isTrue();
                var _ = siege.provider().longestPause();
                // of each four: one that is taken back while it is watched, one afterwards
                switch (i % 4) {
                    case 1 -> installs.add(install(member, jar));
                    case 2 -> rollBack(member, "returned");
                    case 3 -> {
                        installs.add(install(member, jar));
                        settled(member, "serving");
                    }
                    default -> {
                        rollBack(member, "watching");
                        settled(member, "serving");
                    }
                }
                assertThat(siege.provider().awaitMore(500, PATIENCE)).isTrue();
                pauses.add(siege.provider().longestPause());
            }
            Siege.Outcome outcome = siege.end();
            await().atMost(PATIENCE).until(() -> handset.count() >= replier.count());

            System.out.printf(
                    "%d changes of version under load: %s; longest pauses %s; upload to serving %s%n",
                    TIMES, outcome, millis(pauses), millis(installs));
            assertThat(outcome.violations().stream().limit(20)).isEmpty();
            assertThat(outcome.figures().answers()).containsOnlyKeys(200);
            assertThat(replier.again()).as("replies that were not taken at once").isZero();
            assertThat(handset.received()).isEqualTo(byAddress(outcome.replies()));
        }
    }

    private static Map<String, List<String>> byAddress(List<Reply> replies) {
        return replies.stream()
                .collect(
                        Collectors.groupingBy(
                                Reply::address,
                                Collectors.mapping(Reply::text, Collectors.toList())));
    }

    private static Duration install(Member member, Path jar) throws Exception {
        long began = System.nanoTime();
        JsonNode rollout =
                member.change(
                        "POST",
                        "/admin/v1/plugins?downgrade=true",
                        "application/java-archive",
                        BodyPublishers.ofFile(jar));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(rollout.path("state").asString()).isEqualTo("watching");
        return took;
    }

    private static void rollBack(Member member, String state) throws Exception {
        JsonNode rollout =
                member.change(
                        "POST",
                        PLUGIN + "/rollback",
                        "application/json",
                        BodyPublishers.ofString("{}"));
        assertThat(rollout.path("state").asString()).isEqualTo(state);
    }

    private static void settled(Member member, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(member.json(PLUGIN).path("rollout").path("state").asString())
                                .isEqualTo(state));
    }

    private static List<Long> millis(List<Duration> times) {
        return times.stream().map(Duration::toMillis).sorted().toList();
    }
}
