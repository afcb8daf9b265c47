package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Arrival;
import io.tributary.spi.Malformed;
import java.time.Instant;

/// What an update may look like that nobody has thought of.
class UpdateFuzzTest {

    private final Translation translation = new Translation(Lines.ofToken(Sample.TOKEN));

    @FuzzTest(maxDuration = "10s")
    void everyUpdateIsUnderstoodOrADeadLetter(byte[] bytes) {
        var body = Bytes.wrap(bytes);
        var event = UpdateReader.event(body, StrictJson.read(body));
        assertThat(event.body()).isEqualTo(body);
        try {
            var arrival = Arrival.of(event, Instant.EPOCH);
            var inbounds = translation.of(arrival);
            assertThat(inbounds)
                    .allSatisfy(inbound -> assertThat(inbound.content().fallback()).isNotEmpty());
            assertThat(translation.of(arrival)).isEqualTo(inbounds);
        } catch (Malformed | IllegalArgumentException deadLetter) {
            assertThat(String.valueOf(deadLetter.getMessage())).doesNotContain(Sample.TOKEN);
        }
    }
}
