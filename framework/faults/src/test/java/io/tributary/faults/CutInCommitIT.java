package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cuts a member off from the database while a commit is under way, again and again: before the
/// server has all of it, before it answers, and after it has.
///
/// `-Dfaults.cuts=200` does so that often.
final class CutInCommitIT {

    private static final int CUTS = Integer.getInteger("faults.cuts", 25);

    /// The member whose database it is.
    private static final int FAR = 1;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir Path folder;

    @Test
    @DisplayName(
            "cut off in the midst of commits a member acknowledges nothing that is not there, and nothing is there twice")
    void cutInCommit() throws Exception {
        try (Database database = Database.start(folder);
                Cable cable = new Cable(InetAddress.getLoopbackAddress(), database.port());
                Handset handset = Handset.open();
                Besieged besieged =
                        Besieged.begin(
                                database,
                                handset,
                                Fleet.over(database, folder).reaching(FAR, cable.url()),
                                folder)) {
            for (int i = 0; i < CUTS; i++) {
                Cable.Moment[] moments = Cable.Moment.values();
                int before = cable.cuts();
                cable.cutInCommit(moments[i % moments.length]);
                await().pollInterval(Duration.ofMillis(10))
                        .atMost(PATIENCE)
                        .until(() -> cable.cuts() > before);
                besieged.served(30);
            }
            assertThat(cable.cuts()).isGreaterThanOrEqualTo(CUTS);
            besieged.end("cut in %d commits".formatted(CUTS));
        }
    }

    @Test
    @DisplayName(
            "a member without its database answers 503 within two seconds, others send in its place, and it comes back by itself")
    void away() throws Exception {
        try (Database database = Database.start(folder);
                Cable cable = new Cable(InetAddress.getLoopbackAddress(), database.port());
                Handset handset = Handset.open();
                Besieged besieged =
                        Besieged.begin(
                                database,
                                handset,
                                Fleet.over(database, folder).reaching(FAR, cable.url()),
                                folder)) {
            Member far = besieged.members().number(FAR);
            Member near = besieged.members().number(0);
            for (Cable.Moment moment : Cable.Moment.values()) {
                int before = cable.cuts();
                long refused = besieged.provider().refused();
                cable.cutInCommit(moment);
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(PATIENCE)
                        .until(() -> cable.cuts() > before);
                cable.cut();
                await().pollInterval(Duration.ofMillis(20))
                        .atMost(Duration.ofSeconds(2))
                        .until(() -> besieged.provider().refused() > refused);
                assertThat(far.notReady()).contains("the database server cannot be used now");
                // the others go on, and send what it sent
                besieged.served(200);
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> besieged.owner(near) >= 0 && besieged.owner(near) != FAR);
                besieged.answered(10);
                cable.mend();
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(far.notReady()).isEmpty());
                besieged.served(200);
            }
            besieged.end("cut off from the database");
        }
    }
}
