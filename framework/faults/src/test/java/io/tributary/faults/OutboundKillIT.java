package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a member every ten seconds while it sends through a provider where one request in five
/// goes wrong.
///
/// `-Dfaults.messages=10000` sends that many, `-Dfaults.seed=N` repeats what is decided at random.
final class OutboundKillIT {

    private static final int MESSAGES = Integer.getInteger("faults.messages", 300);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    /// So many go to each customer.
    private static final int EACH = 10;

    private static final int PER_SECOND = 60;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @DisplayName(
            "with one request in five going wrong and a kill -9 every ten seconds, each message has one fate, none is sent twice or overtaken, and no limit is exceeded")
    void killed() throws Exception {
        try (Outpost outpost =
                Outpost.begin(
                        folder, PER_SECOND, Map.of("TRIBUTARY_OUTBOUND_UNKNOWN_AFTER", "10s"))) {
            new Misfortune(new Random(SEED)).befall(outpost.provider());
            outpost.campaign(new Campaign.Size(MESSAGES / EACH, EACH, PER_SECOND));
            while (!outpost.isEmptyWithin(BETWEEN_KILLS)) {
                outpost.kill();
                outpost.restart();
            }
            var violations = outpost.end(PATIENCE);

            assertThat(violations.stream().limit(20)).as("seed %d", SEED).isEmpty();
            assertThat(outpost.kills()).as("it was killed in the midst of it").isPositive();
        }
    }
}
