package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.faults.Violation.Kind;
import io.tributary.twilio.simulator.Course;
import io.tributary.twilio.simulator.Fault;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members that are built wrongly, as far as their file goes: what compares the fates of messages
/// must say so.
final class OutboundSabotageIT {

    private static final int CONVERSATIONS = 10;
    private static final Campaign.Size SIZE = new Campaign.Size(CONVERSATIONS, 2, 100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @DisplayName("who does not commit that a send begins before the provider is called sends twice")
    void forgetsTheBeginning() throws Exception {
        Fault[] held =
                Stream.generate(() -> new Fault.Slow(PATIENCE))
                        .limit(CONVERSATIONS)
                        .toArray(Fault[]::new);
        sabotaged(held, "sending", "update outbox set state = 'QUEUED' where state = 'SENDING'");
    }

    @Test
    @DisplayName("who sends again what is of unknown outcome sends twice")
    void sendsTheUnknownAgain() throws Exception {
        Fault[] cut =
                Stream.generate(Fault.CutAfter::new).limit(CONVERSATIONS).toArray(Fault[]::new);
        sabotaged(
                cut,
                "unknown",
                "update outbox set state = 'QUEUED', not_before = null where state = 'UNKNOWN'");
    }

    /// @param faults of the first sends, all of which the provider takes
    /// @param state in which these sends are then
    /// @param change what a member does to its file that is built so
    private void sabotaged(Fault[] faults, String state, String change) throws Exception {
        try (Outpost outpost =
                Outpost.begin(folder, 100, Map.of("TRIBUTARY_OUTBOUND_UNKNOWN_AFTER", "1h"))) {
            // no receipt settles anything meanwhile
            outpost.provider().course(Course.SILENT);
            outpost.provider().faults().onSend(faults);
            outpost.campaign(SIZE);
            await().atMost(PATIENCE).until(() -> outpost.provider().sent().size() == CONVERSATIONS);
            // what happened to them is written down, or the change would find nothing
            await().atMost(PATIENCE).until(() -> outpost.sends(state) == CONVERSATIONS);
            outpost.kill();
            assertThat(changed(change)).as("the fault took effect").isPositive();
            outpost.restart();
            assertThat(outpost.isEmptyWithin(PATIENCE)).isTrue();

            assertThat(outpost.end(PATIENCE))
                    .extracting(Violation::kind)
                    .contains(Kind.DOUBLED)
                    .as("nothing is found that was not done")
                    .doesNotContain(Kind.LOST, Kind.PHANTOM, Kind.EXCEEDED);
        }
    }

    private int changed(String change) throws Exception {
        String file = "jdbc:sqlite:" + folder.resolve("data/journal.db");
        try (var connection = DriverManager.getConnection(file);
                var statement = connection.createStatement()) {
            return statement.executeUpdate(change);
        }
    }
}
