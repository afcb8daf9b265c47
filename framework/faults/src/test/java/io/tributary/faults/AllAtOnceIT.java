package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills all members of a cluster in the same moment (kill -9), and starts them again.
final class AllAtOnceIT {

    private static final int TIMES = Integer.getInteger("faults.all", 2);

    @TempDir Path folder;

    @Test
    @DisplayName(
            "all members killed at once come back by themselves: nothing is lost or sent twice, and readers go on elsewhere without a gap")
    void killed() throws Exception {
        try (Database database = Database.start(folder);
                Handset handset = Handset.open();
                Besieged besieged = Besieged.begin(database, handset, folder)) {
            long runs = database.ask("select distinct id from member").size();
            assertThat(runs).isEqualTo(Fleet.MEMBERS);
            for (int time = 1; time <= TIMES; time++) {
                besieged.served(300);
                besieged.answered(10);
                besieged.siege().kill();
                assertThat(besieged.members().all()).as("none is left").isEmpty();
                besieged.siege().restart();
                besieged.served(300);
                besieged.answered(20);
            }
            Siege.Outcome outcome = besieged.end("all killed at once, %d times".formatted(TIMES));

            assertThat(outcome.figures().retries())
                    .as("the kills left something unanswered")
                    .isPositive();
            assertThat(besieged.siege().readers())
                    .allSatisfy(reader ->
                            assertThat(reader.visits().members())
                                    .as("%s read at several members", reader.name())
                                    .hasSizeGreaterThan(1));
        }
    }
}
