package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a member in the midst of load, again and again, on the same data.
///
/// `-Dfaults.rounds=200` kills that often, `-Dfaults.seed=N` repeats what is decided at random.
final class KillIT {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 3);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    /// Of a round, after a start: right after it, or when the member has become fast.
    private static final int MOST_MESSAGES = 1_500;

    private static final int MOST_MILLIS_OF_A_START = 2_500;

    @TempDir Path folder;

    @Test
    @DisplayName(
            "after every kill -9 all that was acknowledged is there once, in order, for everybody")
    void killed() throws Exception {
        var random = new Random(SEED);
        Launch launch = Places.launch(folder);
        try (Siege siege =
                Siege.begin(
                        launch,
                        Front.NONE,
                        folder.resolve("record"),
                        random,
                        StreamReader.Habit.CAREFUL)) {
            for (int round = 1; round <= ROUNDS; round++) {
                assertThat(
                                siege.provider()
                                        .awaitMore(
                                                1 + random.nextInt(MOST_MESSAGES),
                                                Duration.ofMinutes(3)))
                        .as("round %d of seed %d is served", round, SEED)
                        .isTrue();
                siege.kill();
                if (random.nextInt(3) == 0) {
                    killWhileStarting(
                            launch, Duration.ofMillis(random.nextInt(MOST_MILLIS_OF_A_START)));
                }
                siege.restart();
            }
            Siege.Outcome outcome = siege.end();

            System.out.printf("%d rounds of seed %d: %s%n", ROUNDS, SEED, outcome);
            assertThat(outcome.violations().stream().limit(20)).as("seed %d", SEED).isEmpty();
            assertThat(outcome.figures().retries())
                    .as("kills left something unanswered")
                    .isPositive();
            assertThat(outcome.figures().answers()).containsOnlyKeys(200);
        }
    }

    /// Starts a member on what the killed one left, and kills it when it has not come far.
    private static void killWhileStarting(Launch launch, Duration after)
            throws IOException, InterruptedException {
        Process process = launch.starting();
        if (process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("the member ended by itself with " + process.exitValue());
        }
        process.toHandle().destroyForcibly();
        process.waitFor();
    }
}
