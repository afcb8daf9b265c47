package io.tributary.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the cluster of the README")
final class ClusterSampleIT {

    private static final Duration MOST = Duration.ofMinutes(5);

    @TempDir Path folder = Path.of("");

    @Test
    @Timeout(400)
    @DisplayName(
            "loads a channel, survives a kill without a failed webhook, and leaves no process and"
                    + " no file")
    void once() throws Exception {
        try (Started sample = Started.with(folder, "kill", "once")) {
            await().atMost(MOST).until(sample::ended);

            assertThat(sample.complained()).isEmpty();
            assertThat(sample.said())
                    .containsSubsequence(
                            "A cluster of Tributary: three members, one log",
                            "PostgreSQL listens on port",
                            "the front",
                            "A channel that no member knows",
                            "$ tributary plugin sign",
                            "$ tributary plugin add",
                            "serving 0.1.0     serving 0.1.0     serving 0.1.0",
                            "accounts echo-1, echo-2, echo-3 are open on all members",
                            "in at one",
                            "in at two",
                            "in at three",
                            "$ kill -9 ",
                            "one has ended",
                            "one → ",
                            "one is back",
                            "webhooks meanwhile",
                            " sent, 0 failed;",
                            "all of them in the log, each once");
            assertThat(sample.exit()).isZero();
            nothingIsLeft(sample);
        }
    }

    @Test
    @Timeout(400)
    @DisplayName("leaves no process and no file even when it is killed itself")
    void killed() throws Exception {
        try (Started sample = Started.with(folder)) {
            await().atMost(MOST)
                    .until(() -> sample.ended() || sample.said().contains("Look around"));
            assertThat(sample.complained()).isEmpty();
            sample.kill();

            nothingIsLeft(sample);
        }
    }

    private static void nothingIsLeft(Started sample) {
        assertThat(sample.processes()).as("members were seen").hasSizeGreaterThan(3);
        assertThat(sample.database()).as("the database was seen").isPositive();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(sample.processes()).noneMatch(ProcessHandle::isAlive));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(
                                        ProcessHandle.of(sample.database())
                                                .filter(ProcessHandle::isAlive))
                                .isEmpty());
        await().atMost(Duration.ofSeconds(60))
                // the server's unpacked binaries and what a killed process cannot clear away
                .untilAsserted(() ->
                        assertThat(sample.temporary().toFile())
                                .isDirectoryNotContaining(each -> !isCache(each.getName())));
    }

    private static boolean isCache(String name) {
        return name.equals("embedded-pg")
                || name.startsWith("vertx-cache-")
                || name.startsWith("detect_linux_");
    }
}
