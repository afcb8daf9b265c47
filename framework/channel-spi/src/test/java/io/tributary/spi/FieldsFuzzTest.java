package io.tributary.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import org.junit.jupiter.api.DisplayName;

@DisplayName("whatever bytes come as a form")
class FieldsFuzzTest {

    @FuzzTest(maxDuration = "10s")
    @DisplayName("they are malformed, or become fields that survive being written and read")
    void decode(byte[] form) {
        Fields fields;
        try {
            fields = Fields.decode(Bytes.of(form));
        } catch (Malformed malformed) {
            assertThat(malformed).hasMessageMatching("broken percent .*|more than .* fields");
            return;
        }
        assertThat(fields.all()).hasSizeLessThanOrEqualTo(10_000);
        assertThat(Fields.decode(fields.encode())).isEqualTo(fields);
    }
}
