package io.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Content;
import org.junit.jupiter.api.DisplayName;

@DisplayName("whatever bytes come as JSON from an agent app")
class ContentJsonFuzzTest {

    @FuzzTest(maxDuration = "10s")
    @DisplayName("they are refused, or become a content that is written and read the same")
    void decodeStrictly(byte[] body) {
        Content content;
        try {
            content = InteractionJson.decodeContentStrictly(body);
        } catch (InvalidJson refused) {
            assertThat(refused.problems()).hasSizeBetween(1, 50);
            return;
        }
        assertThat(InteractionJson.decodeContentStrictly(InteractionJson.encode(content)))
                .isEqualTo(content);
    }
}
