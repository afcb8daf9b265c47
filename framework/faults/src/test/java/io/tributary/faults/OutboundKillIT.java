package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    /// So many are taken before it is killed for the first time, with others under way.
    private static final int FIRST_KILL = Math.min(150, MESSAGES / 2);

    /// Three times what a machine needs that others keep busy; who needs more does not get on.
    private static final int MOST_KILLS = Math.max(20, MESSAGES / 15);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    @DisplayName(
            "with one request in five going wrong and a kill -9 every ten seconds, each message has one fate, none is sent twice or overtaken, and no limit is exceeded")
    void killed() throws Exception {
        try (Outpost outpost =
                Outpost.begin(
                        folder, PER_SECOND, Map.of("TRIBUTARY_OUTBOUND_UNKNOWN_AFTER", "10s"))) {
            new Misfortune(new Random(SEED)).befall(outpost.provider());
            outpost.campaign(new Campaign.Size(MESSAGES / EACH, EACH, PER_SECOND));
            await().atMost(PATIENCE).until(() -> outpost.provider().sent().size() >= FIRST_KILL);
            do {
                outpost.kill();
                outpost.restart();
            } while (!outpost.isEmptyWithin(BETWEEN_KILLS) && outpost.kills() < MOST_KILLS);
            // what has no fate by then is told one by one
            var violations = outpost.end(PATIENCE);

            assertThat(violations.stream().limit(20)).as("seed %d", SEED).isEmpty();
        }
    }
}
