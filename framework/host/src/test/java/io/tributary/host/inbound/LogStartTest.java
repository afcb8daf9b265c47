package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Unit;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("where in the log what was received since a time begins")
final class LogStartTest extends InboundTest {

    private static final int ROWS = 600;
    private static final Duration STEP = Duration.ofHours(1);

    private final Random random = new Random(7);

    @Test
    @DisplayName("is before all of it and not long before, whatever was parked or replayed")
    void begins() {
        var received = new ArrayList<Instant>();
        Instant at = NOW.minus(STEP.multipliedBy(ROWS));
        for (int i = 0; i < ROWS; i++) {
            at = at.plus(STEP);
            // parked keeps its id and its time for three days, replayed only its time for any
            boolean parked = random.nextInt(3) == 0;
            boolean replayed = !parked && random.nextInt(3) == 0;
            Instant made = parked ? at.minus(Duration.ofHours(random.nextInt(72))) : at;
            Instant came = replayed ? at.minus(Duration.ofHours(random.nextInt(300))) : made;
            received.add(came);
            append(made, came);
        }
        var start = new LogStart(journal.real().log());

        for (int hours = 0; hours <= ROWS; hours += 25) {
            Instant since = NOW.minus(STEP.multipliedBy(hours));
            long before = start.before(since);
            assertThat(firstSince(received, since)).isGreaterThan(before);
            assertThat(before).isGreaterThanOrEqualTo(ROWS - hours - 140L);
        }
    }

    private static long firstSince(List<Instant> received, Instant since) {
        for (int i = 0; i < received.size(); i++) {
            if (!received.get(i).isBefore(since)) {
                return i + 1;
            }
        }
        return received.size() + 1;
    }

    private void append(Instant made, Instant received) {
        var id = new UUID(made.toEpochMilli() << 16 | 0x7000, random.nextLong() >>> 2 | 1L << 63);
        var notice =
                Interaction.builder()
                        .id(new InteractionId(id))
                        .channel(account.channel())
                        .account(account.id())
                        .line(PagerService.LINE)
                        .address("")
                        .direction(Direction.INBOUND)
                        .actor(Actor.SYSTEM)
                        .occurredAt(received)
                        .receivedAt(received)
                        .plugin(account.plugin())
                        .contents(Content.text("said"))
                        .build();
        journal.write(Unit.of(Envelope.append(notice, Change.Weight.QUIET)));
    }
}
