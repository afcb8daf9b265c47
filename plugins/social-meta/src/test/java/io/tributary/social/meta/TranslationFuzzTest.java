package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import java.util.List;

/// Every kind of update, with whatever is in it.
class TranslationFuzzTest {

    private static final List<String> KINDS =
            List.of(
                    Update.MESSAGE,
                    Update.STATUS,
                    Update.ECHO,
                    Update.PREFERENCE,
                    Update.USER_ID,
                    Update.ERROR,
                    Update.HISTORY,
                    Update.MESSAGING,
                    Update.CHANGE);

    private final Translation translation = new Translation(new ThreadOwners(null));

    /// The first byte says which kind and platform.
    @FuzzTest(maxDuration = "10s")
    void everyUpdateIsUnderstoodOrADeadLetter(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int which = data[0] & 0xFF;
        var object = which % 2 == 0 ? "page" : "instagram";
        var body = Bytes.wrap(data, 1, data.length - 1);
        var event =
                RawEvent.of(KINDS.get(which % KINDS.size()), body, Dedupe.key("k"))
                        .note(Update.LINE, "1")
                        .note(Update.OBJECT, object);
        try {
            assertThat(translation.of(Arrival.of(event, Sample.NOW))).isNotNull();
        } catch (Malformed | Node.Unfamiliar | IllegalArgumentException deadLetter) {
            assertThat(deadLetter).isNotNull();
        }
    }
}
