package io.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Interaction;
import org.junit.jupiter.api.DisplayName;

@DisplayName("whatever bytes come as JSON")
class InteractionJsonFuzzTest {

    @FuzzTest(maxDuration = "10s")
    @DisplayName("they are refused, or become an interaction that is written and read the same")
    void decode(byte[] body) {
        Interaction interaction;
        try {
            interaction = InteractionJson.decode(body);
        } catch (InvalidJson refused) {
            assertThat(refused.problems()).isNotEmpty();
            return;
        }
        byte[] written = InteractionJson.encodeWithPosition(interaction);
        assertThat(InteractionJson.encodeWithPosition(InteractionJson.decode(written)))
                .isEqualTo(written);
    }
}
