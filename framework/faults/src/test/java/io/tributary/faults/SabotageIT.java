package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.faults.Violation.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same run as [KillIT], with something in it that breaks the promises: the checker must say
/// so.
final class SabotageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @DisplayName("an acknowledgement before the commit, and readers that keep half, are all found")
    void found() throws Exception {
        var hasty = new HastyFront();
        try (Siege siege =
                Siege.begin(
                        Places.launch(folder),
                        hasty,
                        folder.resolve("record"),
                        new Random(),
                        StreamReader.Habit.CAREFUL,
                        StreamReader.Habit.CURSOR_FIRST,
                        StreamReader.Habit.EVENT_FIRST)) {
            assertThat(siege.provider().awaitMore(1_500, PATIENCE)).isTrue();
            siege.kill();
            int lost = hasty.lost();
            siege.restart();
            assertThat(siege.provider().awaitMore(500, PATIENCE)).isTrue();
            assertThat(siege.provider().finish(PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(hasty::idle);
            Siege.Outcome outcome = siege.end();

            System.out.printf("sabotaged, %d thrown away: %s%n", lost, outcome);
            // what goes over two connections at once may also overtake what waits: reordered,
            // rightly
            assertThat(lost).as("the fault took effect").isPositive();
            assertThat(outcome.kinds())
                    .containsKeys(Kind.LOST, Kind.MISSED, Kind.REPEATED)
                    .as("nothing is found that was not done")
                    .doesNotContainKeys(Kind.DOUBLED, Kind.PHANTOM, Kind.GAP, Kind.DIFFERENT);
            assertThat(outcome.violations())
                    .as("who keeps both is shown everything once")
                    .noneMatch(violation ->
                            violation.text().contains(StreamReader.Habit.CAREFUL.name()));
        }
    }
}
