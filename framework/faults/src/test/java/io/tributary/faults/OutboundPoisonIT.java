package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.twilio.simulator.Fault;
import io.tributary.twilio.simulator.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One conversation in a thousand in which nothing goes on.
final class OutboundPoisonIT {

    private static final int CONVERSATIONS = 1_000;
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
        }
    }
}
