package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import java.time.Instant;
import java.util.Map;

/// What a device may send that nobody has thought of.
class MessageFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void everyFrameIsReadOrMalformed(byte[] bytes) {
        var frame = Bytes.of(bytes).utf8();
        Message message;
        try {
            message = MessageReader.read(frame);
        } catch (Malformed refused) {
            return;
        }
        assertThat(MessageReader.read(message.text()).text()).isEqualTo(message.text());
        if (message instanceof Message.Call) {
            translates(frame);
        }
    }

    /// Whatever it is, it becomes something, or says what is missing.
    private static void translates(String frame) {
        var event =
                RawEvent.of(KioskSession.EVENT, Bytes.utf8(frame), Dedupe.key("k"))
                        .notes(
                                Map.of(
                                        KioskSession.DEVICE, "d",
                                        KioskSession.STORE, "s",
                                        KioskSession.FLOOR, ""));
        try {
            var inbounds = Translation.of(Arrival.of(event, Instant.EPOCH));
            assertThat(inbounds).isNotEmpty();
        } catch (IllegalArgumentException | Malformed missing) {
            assertThat(missing).hasMessageNotContaining("\n");
        }
    }
}
