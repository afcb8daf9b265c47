package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;

/// What Meta may send one day that nobody has thought of.
class WebhookFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void everyWebhookIsTakenApartOrMalformed(byte[] body) {
        var bytes = Bytes.wrap(body);
        try {
            var updates = Splitter.split(bytes);
            assertThat(updates).isNotEmpty();
            for (var update : updates) {
                assertThat(bytes.utf8()).contains(update.body().utf8());
            }
        } catch (Malformed broken) {
            assertThat(broken).hasMessage("no JSON, or more of it than Meta sends");
        }
    }
}
