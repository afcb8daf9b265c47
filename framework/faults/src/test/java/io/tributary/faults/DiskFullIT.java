package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fills the file system of the data folder, to the last byte.
final class DiskFullIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @DisplayName(
            "a full disk: 503, health says why, reading goes on, and with room it goes on by itself")
    void goesOn() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"));
                Siege siege = siege(disk)) {
            assertThat(siege.provider().awaitMore(300, PATIENCE)).isTrue();

            disk.fill();
            refusesAll(siege);
            assertThat(siege.member().log()).hasSizeGreaterThanOrEqualTo(300);

            disk.free();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(siege.member().notReady()).isEmpty());
            assertThat(siege.provider().awaitMore(300, PATIENCE)).isTrue();

            Siege.Outcome outcome = siege.end();
            System.out.printf("disk full: %s%n", outcome);
            assertThat(outcome.violations().stream().limit(20)).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "a member that is killed on a full disk says so when it starts, and has lost nothing")
    void killedMeanwhile() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"))) {
            Launch launch = Places.launch(folder, disk.place().resolve("data"));
            try (Siege siege = siege(disk)) {
                assertThat(siege.provider().awaitMore(300, PATIENCE)).isTrue();
                disk.fill();
                refusesAll(siege);
                siege.kill();

                Launch.Ended refused = launch.refused();
                assertThat(refused.exit()).isEqualTo(69);
                assertThat(refused.errors()).contains("No space left on device", "Make room");

                disk.free();
                siege.restart();
                Siege.Outcome outcome = siege.end();
                System.out.printf("killed on a full disk: %s%n", outcome);
                assertThat(outcome.violations().stream().limit(20)).isEmpty();
            }
        }
    }

    private Siege siege(SmallDisk disk) throws Exception {
        return Siege.begin(
                Places.launch(folder, disk.place().resolve("data")),
                Front.NONE,
                folder.resolve("record"),
                new Random(),
                StreamReader.Habit.CAREFUL);
    }

    private static void refusesAll(Siege siege) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(siege.member().notReady()).contains("the disk is full"));
        await().atMost(PATIENCE).until(() -> siege.provider().refused() > 100);
        long before = siege.provider().figures().acknowledged();
        long refused = siege.provider().refused();
        await().atMost(PATIENCE).until(() -> siege.provider().refused() > refused + 100);
        assertThat(siege.provider().figures().acknowledged()).isEqualTo(before);
    }
}
