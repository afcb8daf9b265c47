package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.spi.Malformed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON")
class WireJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"é\\\"\\\\\\u0000\"",
                "{\"a\":[1,-2,3000000000,123456789012345678901234567890,0.10,1E+400,false,null,{\"b\":\"\"}]}"
            })
    @DisplayName("is written as it was read")
    void same(String text) {
        assertThat(WireJson.write(WireJson.read(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,\"a\":1}",
                "{a:1}",
                "'a'",
                "01",
                "NaN",
                "1 2",
                "\"\n\"",
                "[]]",
                "/**/1",
                "1111111111222222222233333333334444444444"
            })
    @DisplayName("that is none, or too much of it, is refused")
    void refused(String text) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> WireJson.read(text))
                .withMessage("not the JSON that is spoken here");
    }
}
