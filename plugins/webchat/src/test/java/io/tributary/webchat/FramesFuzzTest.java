package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import java.util.Map;

/// What anybody may send over a socket.
class FramesFuzzTest {

    private static final Map<String, String> NOTES =
            Map.of(Guest.ADDRESS, "somebody", Guest.LINE, "www.example.com");

    @FuzzTest(maxDuration = "10s")
    void everyFrameIsReadOrMalformed(byte[] bytes) {
        var body = Bytes.wrap(bytes);
        Said said;
        try {
            said = Frames.read(body.utf8());
        } catch (Malformed none) {
            return;
        }
        if (said instanceof Said.Kept kept) {
            assertThat(kept.id()).hasSizeBetween(8, 64);
            translate(body);
        }
    }

    /// What is kept becomes exactly one thing, or is no medium's name.
    private static void translate(Bytes body) {
        var event = RawEvent.of("said", body, Dedupe.key("k")).notes(NOTES);
        try {
            assertThat(Translation.of(Arrival.of(event, Sample.NOW))).hasSize(1);
        } catch (Malformed noMedium) {
            assertThat(noMedium).hasMessageContaining("media");
        }
    }
}
