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

/// Changes the version of a plugin under load in both directions, forwards and back, again and
/// again. The long run is `-Dfaults.upgrades=20 -Dfaults.replies=500`, on a machine of its own: one
/// that is short of processors slows a version down until it is taken back.
final class UpgradeIT {

    private static final int TIMES = Integer.getInteger("faults.upgrades", 6);

    /// A second, while they are taken as fast.
    private static final int REPLIES = Integer.getInteger("faults.replies", 100);

    private static final boolean LONG_RUN = REPLIES >= 500;

    /// Longer than a thousand messages take, so that some versions are taken back within.
    private static final String WATCH = "10s";

    /// What a change is answered: a slow machine may be through with the watch already.
    private static final List<String> UNDER_WAY = List.of("watching", "serving");

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
            Agents agents = siege.replies(REPLIES);
            assertThat(handset.awaitMore(200, PATIENCE)).isTrue();
            List<Duration> pauses = new ArrayList<>();
            List<Duration> pausesOut = new ArrayList<>();
            var pace = Pace.from(siege.provider(), handset);
            List<Duration> installs = new ArrayList<>();
            int within = 0;
            for (int i = 1; i <= TIMES; i++) {
                Path jar = jars.get(i - 1);
                assertThat(siege.provider().awaitMore(500, PATIENCE)).isTrue();
                assertThat(handset.awaitMore(100, PATIENCE)).isTrue();
                var _ = siege.provider().longestPause();
                var _ = handset.longestPause();
                // of each four: one that is taken back while it is watched, one afterwards
                switch (i % 4) {
                    case 1 -> installs.add(install(member, jar));
                    case 2 -> {
                        if (rollBack(member).equals("returned")) {
                            within++;
                        } else {
                            // this machine is so slow that the watch was over
                            settled(member, "serving");
                        }
                    }
                    case 3 -> {
                        installs.add(install(member, jar));
                        settled(member, "serving");
                    }
                    default -> {
                        assertThat(rollBack(member)).isIn(UNDER_WAY);
                        settled(member, "serving");
                    }
                }
                assertThat(siege.provider().awaitMore(500, PATIENCE)).isTrue();
                assertThat(handset.awaitMore(100, PATIENCE)).isTrue();
                pauses.add(siege.provider().longestPause());
                pausesOut.add(handset.longestPause());
            }
            String rates = pace.until(siege.provider(), handset);
            Siege.Outcome outcome = siege.end();
            await().atMost(PATIENCE).until(() -> handset.count() >= agents.count());

            System.out.printf(
                    "%d changes of version, %d within a watch, under %s: %s; longest pauses in %s, out %s; upload to serving %s; %d replies said again%n",
                    TIMES,
                    within,
                    rates,
                    outcome,
                    millis(pauses),
                    millis(pausesOut),
                    millis(installs),
                    agents.again());
            assertThat(outcome.violations().stream().limit(20)).isEmpty();
            assertThat(outcome.figures().answers()).containsOnlyKeys(200);
            // a busy machine is slow to answer now and then; said again, each goes out once
            assertThat(agents.again())
                    .as("replies that were not taken at once")
                    .isLessThanOrEqualTo(LONG_RUN ? agents.count() / 1_000 : agents.count());
            assertThat(handset.received()).isEqualTo(byAddress(outcome.replies()));
        }
    }

    /// How much passed in both directions, to be told.
    private record Pace(long began, long in, long out) {

        static Pace from(Provider provider, Handset handset) {
            return new Pace(System.nanoTime(), provider.figures().acknowledged(), handset.count());
        }

        String until(Provider provider, Handset handset) {
            double seconds = (System.nanoTime() - began) / 1e9;
            return "%.0f messages a second in and %.0f out"
                    .formatted(
                            (provider.figures().acknowledged() - in) / seconds,
                            (handset.count() - out) / seconds);
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
        assertThat(rollout.path("state").asString()).isIn(UNDER_WAY);
        return took;
    }

    /// @return what became of it
    private static String rollBack(Member member) throws Exception {
        JsonNode before = member.json(PLUGIN).path("rollout");
        assertThat(before.path("state").asString()).as(before.toString()).isNotEqualTo("returned");
        JsonNode rollout =
                member.change(
                        "POST",
                        PLUGIN + "/rollback",
                        "application/json",
                        BodyPublishers.ofString("{}"));
        return rollout.path("state").asString();
    }

    private static void settled(Member member, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode rollout = member.json(PLUGIN).path("rollout");
                    assertThat(rollout.path("state").asString())
                            .as(rollout.toString())
                            .isEqualTo(state);
                });
    }

    private static List<Long> millis(List<Duration> times) {
        return times.stream().map(Duration::toMillis).sorted().toList();
    }
}
