package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Arrival;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import io.tributary.wearables.mqtt.Topics.Kind;
import io.tributary.wearables.mqtt.Topics.Origin;
import java.time.Duration;

/// What a device may write that nobody has thought of.
class PayloadFuzzTest {

    private final Translation translation = new Translation("wearables");
    private final EventReader reader = Sample.averaging("8867-4", Duration.ofMinutes(1));

    @FuzzTest(maxDuration = "10s")
    void everyPayloadIsUnderstoodOrADeadLetter(byte[] bytes) {
        var payload = Bytes.wrap(bytes);
        for (var kind : Kind.values()) {
            var event = reader.event(new Origin(Sample.DEVICE, kind), payload, null);
            assertThat(event.body()).isEqualTo(payload);
            translate(event);
        }
        var point = StrictJson.read(payload);
        if (point != null) {
            translate(reader.point(point));
        }
    }

    private void translate(RawEvent event) {
        var arrival = Arrival.of(event, Sample.NOW);
        try {
            var inbounds = translation.of(arrival);
            assertThat(inbounds)
                    .allSatisfy(inbound -> assertThat(inbound.content().fallback()).isNotEmpty());
            assertThat(translation.of(arrival)).isEqualTo(inbounds);
        } catch (Malformed | IllegalArgumentException deadLetter) {
            assertThat(deadLetter).hasMessageNotContaining("\0");
        }
    }
}
