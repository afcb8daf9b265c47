package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.bench.Webhooks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks at the member's syncs from outside, and makes them fail.
final class FailingSyncIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MESSAGES = 50;

    @TempDir Path folder;

    @Test
    @DisplayName("each of many messages that come one after another costs a sync of its own")
    void noAnswerWithoutSync() throws Exception {
        try (Member member = Member.first(Places.launch(folder));
                Syscalls calls = Syscalls.watchSyncs(member.pid(), folder);
                Line line = new Line(member.webhook())) {
            var webhooks = new Webhooks(Member.PUBLIC_WEBHOOK, 1);
            for (int number = 1; number <= MESSAGES; number++) {
                line.ask(webhooks.request(number));
                assertThat(line.answer()).isEqualTo(200);
                assertThat(calls.count("= 0")).isGreaterThanOrEqualTo(number);
            }
        }
    }

    @Test
    @DisplayName(
            "after a sync that failed nothing is acknowledged, and a new start finds all there")
    void failing() throws Exception {
        try (Siege siege =
                Siege.begin(
                        Places.launch(folder),
                        Front.NONE,
                        folder.resolve("record"),
                        new Random(),
                        StreamReader.Habit.CAREFUL)) {
            assertThat(siege.provider().awaitMore(300, PATIENCE)).isTrue();

            try (Syscalls calls = Syscalls.failSyncs(siege.member().pid(), folder)) {
                await().atMost(PATIENCE).until(() -> calls.count("(INJECTED)") > 0);
                refusesAll(siege);
            }
            assertThat(siege.member().notReady())
                    .as("a disk that works again proves nothing about what it was given before")
                    .contains("the disk failed", "start again");
            assertThat(siege.member().log()).hasSizeGreaterThanOrEqualTo(300);

            siege.stop();
            siege.restart();
            assertThat(siege.provider().awaitMore(300, PATIENCE)).isTrue();
            Siege.Outcome outcome = siege.end();
            System.out.printf("syncs failed: %s%n", outcome);
            assertThat(outcome.violations().stream().limit(20)).isEmpty();
        }
    }

    private static void refusesAll(Siege siege) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(siege.member().notReady()).contains("the disk failed"));
        await().atMost(PATIENCE).until(() -> siege.provider().refused() > 100);
        long before = siege.provider().figures().acknowledged();
        long refused = siege.provider().refused();
        await().atMost(PATIENCE).until(() -> siege.provider().refused() > refused + 100);
        assertThat(siege.provider().figures().acknowledged()).isEqualTo(before);
    }
}
