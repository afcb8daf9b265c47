package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("plain JSON")
class PlainJsonTest {

    @Test
    @DisplayName("is read into maps, lists, strings, numbers and booleans")
    void reads() {
        var text = " {\"a\" : [1, -2.5e3, true, false, \"\\u00e9\\n\\\"\"], \"b\": {}, \"c\":[]} ";

        assertThat(PlainJson.read(text))
                .isEqualTo(
                        Map.of(
                                "a",
                                List.of(
                                        new BigDecimal("1"),
                                        new BigDecimal("-2.5e3"),
                                        true,
                                        false,
                                        "é\n\""),
                                "b",
                                Map.of(),
                                "c",
                                List.of()));
        assertThat(PlainJson.read("null")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "\"\\x\"",
                "\"\\u12\"",
                "\"a",
                "tru",
                "1 2",
                "{a:1}",
                "-",
                "[1 2]",
                "\"\n\""
            })
    @DisplayName("that is broken is refused with the place")
    void refuses(String broken) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainJson.read(broken))
                .withMessageStartingWith("no JSON at character ");
    }

    @Test
    @DisplayName("that is nested too deeply is refused")
    void tooDeep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainJson.read("[".repeat(100_000)))
                .withMessageContaining("nested deeper than 64");
    }
}
