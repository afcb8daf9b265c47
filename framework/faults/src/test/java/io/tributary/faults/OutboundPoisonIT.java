package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.twilio.simulator.Fault;
import io.tributary.twilio.simulator.Message;
import io.tributary.twilio.simulator.Submission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One conversation in a thousand in which nothing goes on.
final class OutboundPoisonIT {

    private static final int CONVERSATIONS = 1_000;

    /// After which a send that is not answered comes to an end.
    private static final Duration GIVEN_UP = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @DisplayName("a conversation that waits for its first message keeps no other one waiting")
    void poisoned() throws Exception {
        try (Outpost outpost =
                Outpost.begin(folder, 1_000, Map.of("TRIBUTARY_OUTBOUND_UNKNOWN_AFTER", "1h"))) {
            // whoever is first never hears what became of it
            outpost.provider().faults().onSend(new Fault.CutBefore());
            outpost.campaign(new Campaign.Size(CONVERSATIONS, 2, 400));

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(outpost.provider().sent().size())
                                    .as("messages that the provider took")
                                    .isEqualTo(2 * (CONVERSATIONS - 1)));
            assertThat(outpost.provider().sent().stream().map(Message::to).distinct())
                    .as("all but one have got both, and that one nothing")
                    .hasSize(CONVERSATIONS - 1);
            await().untilAsserted(() ->
                    assertThat(outpost.provider().submissions())
                            .as("nobody was asked in vain")
                            .hasSize(2 * (CONVERSATIONS - 1) + 1));
            assertThat(longestPause(outpost.provider().submissions()))
                    .as("nobody waited until the first was given up")
                    .isLessThan(GIVEN_UP);
        }
    }

    /// Between two that came one after the other.
    private static Duration longestPause(List<Submission> seen) {
        return Duration.ofNanos(
                IntStream.range(1, seen.size())
                        .mapToLong(i -> seen.get(i).began() - seen.get(i - 1).began())
                        .max()
                        .orElseThrow());
    }
}
