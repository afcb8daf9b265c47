package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;

/// What the header of a message may look like.
class HeaderFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void everyHeaderIsReadOrRefused(byte[] octets) {
        try {
            var data = UserData.withHeader(Bytes.wrap(octets));
            assertThat(data.octets().length()).isLessThan(octets.length);
            var place = data.place();
            if (place != null) {
                assertThat(place.number()).isBetween(1, place.of());
            }
        } catch (Malformed broken) {
            assertThat(broken).hasMessageContaining("header");
        }
    }
}
