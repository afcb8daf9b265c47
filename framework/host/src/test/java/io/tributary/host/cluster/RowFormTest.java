package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("rows on their way to other members")
final class RowFormTest {

    @Test
    @DisplayName("come back as they were, whatever they lack")
    void roundTrip() {
        List<Row> rows = new ArrayList<>(Rows.between(1, 40));
        for (Direction direction : Direction.values()) {
            rows.add(
                    new Row(
                            Long.MAX_VALUE,
                            new InteractionId(UUID.randomUUID()),
                            null,
                            null,
                            new ChannelId("sms"),
                            new AccountId("shop-2"),
                            direction,
                            "täxt ☎",
                            Instant.EPOCH,
                            Bytes.EMPTY));
        }

        assertThat(RowForm.read(new WireReader(Bytes.wrap(written(rows))))).isEqualTo(rows);
    }

    @Test
    @DisplayName("take little more than their bodies")
    void small() {
        List<Row> rows = Rows.between(1_000_000, 1_000_256);
        long bodies = rows.stream().mapToLong(each -> each.body().length()).sum();

        assertThat(written(rows).length - bodies).isLessThan(256 * 70);
        assertThat((long) written(rows).length).isLessThan(RowForm.weight(rows));
    }

    @Test
    @DisplayName("that were cut short or changed are unreadable or other rows, nothing worse")
    void damaged() {
        byte[] whole = written(Rows.between(1, 4));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> RowForm.read(new WireReader(Bytes.wrap(part))))
                    .isInstanceOf(Unreadable.class);
        }
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                RowForm.read(new WireReader(Bytes.wrap(changed)));
            } catch (Unreadable expected) {
                assertThat(expected).hasMessageNotContaining("position");
            }
        }
    }

    private static byte[] written(List<Row> rows) {
        var out = new WireWriter();
        RowForm.write(rows, out);
        return out.toArray();
    }
}
