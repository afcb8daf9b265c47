package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;

/// What septets may be.
class TextFuzzTest {

    private final Profile profile = Sample.profile();

    @FuzzTest(maxDuration = "10s")
    void everyTextIsEncodedAndReadAgain(byte[] octets) {
        var text = Gsm7.decode(Bytes.wrap(octets));
        var whole = Segments.of(text, profile);
        var read = new StringBuilder();
        for (var segment : whole.texts()) {
            var encoded = whole.encoded(segment, profile.alphabet());
            read.append(DataCoding.decode(whole.coding(), encoded, profile.alphabet()));
        }
        assertThat(read.toString()).isEqualTo(text);
    }
}
