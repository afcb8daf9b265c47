package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Arrival;
import io.tributary.spi.Malformed;
import java.util.List;

/// What a message may look like that nobody has thought of.
class MessageFuzzTest {

    private final Profile profile = Sample.profile();
    private final EventReader reader = new EventReader(profile);
    private final Translation translation = new Translation(profile);

    @FuzzTest(maxDuration = "10s")
    void everyMessageIsUnderstoodOrADeadLetter(byte[] octets) {
        for (int command : List.of(Pdu.DELIVER_SM, Pdu.DATA_SM)) {
            var body = Bytes.wrap(octets);
            var event = reader.event(Pdu.request(command, 1, body));
            assertThat(event.body()).isEqualTo(body);
            understand(Arrival.of(event, Sample.NOW));
            understand(new Arrival(List.of(event, event), true, Sample.NOW));
        }
    }

    private void understand(Arrival arrival) {
        try {
            var inbounds = translation.of(arrival);
            assertThat(inbounds).hasSize(1).isEqualTo(translation.of(arrival));
        } catch (Malformed | IllegalArgumentException deadLetter) {
            assertThat(deadLetter).hasMessageNotContaining("\0");
        }
    }
}
