package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fills the disk that holds the tables of the cluster's database, to the last byte.
final class DatabaseFullIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @DisplayName(
            "a database whose disk is full: all members answer 503 and say why, reading goes on, and with room they go on by themselves")
    void full() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"));
                Database database = Database.start(folder)) {
            database.moveTo(disk.place());
            try (Handset handset = Handset.open();
                    Besieged besieged = Besieged.begin(database, handset, folder)) {
                disk.fill();
                for (Member each : besieged.members().all()) {
                    await().atMost(PATIENCE)
                            .untilAsserted(() ->
                                    assertThat(each.notReady())
                                            .contains("the database server's disk is full"));
                }
                Provider provider = besieged.provider();
                long before = provider.figures().acknowledged();
                long refused = provider.refused();
                await().atMost(PATIENCE).until(() -> provider.refused() > refused + 100);
                assertThat(provider.figures().acknowledged()).isEqualTo(before);
                for (Member each : besieged.members().all()) {
                    assertThat(each.log()).hasSizeGreaterThanOrEqualTo(300);
                }

                disk.free();
                for (Member each : besieged.members().all()) {
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(each.notReady()).isEmpty());
                }
                besieged.served(300);
                besieged.answered(20);
                besieged.end("the database's disk full");
            }
        }
    }
}
