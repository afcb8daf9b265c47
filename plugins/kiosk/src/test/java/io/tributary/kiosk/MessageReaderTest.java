package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.spi.Malformed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a frame")
class MessageReaderTest {

    @Test
    @DisplayName("is a call, a result or a failure, and is written as it is read")
    void threeKinds() {
        for (var frame :
                new String[] {
                    "[2,\"e-1\",\"Say\",{\"text\":\"hé\"}]",
                    "[3,\"e-1\",{}]",
                    "[4,\"-1\",\"InternalError\",\"\",{}]"
                }) {
            assertThat(MessageReader.read(frame).text()).isEqualTo(frame);
        }
        assertThat(MessageReader.read("[4,\"a\",\"Busy\",\"later\"]"))
                .isEqualTo(new Message.Failure("a", "Busy", "later"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "[2]",
                "[2,\"a\",\"Say\"]",
                "[2,\"a\",\"Say\",{},{}]",
                "[2,\"a\",\"Say\",[]]",
                "[2,\"a\",\"Say\",null]",
                "[2,\"a\",\"say it\",{}]",
                "[2,\"\",\"Say\",{}]",
                "[2,\"a b\",\"Say\",{}]",
                "[2,7,\"Say\",{}]",
                "[2.0,\"a\",\"Say\",{}]",
                "[\"2\",\"a\",\"Say\",{}]",
                "[5,\"a\",{}]",
                "[3,\"a\",{},{}]",
                "[3,\"a\",1]",
                "[4,\"a\",\"Busy\"]",
                "[4,\"a\",\"Busy\",7,{}]",
                "[4,\"a\",\"Busy\",\"\",{},{}]",
                "[3,\"a\",{\"x\":1,\"x\":2}]",
                "[3,\"a\",{}] []",
                "[3,\"a\",{]"
            })
    @DisplayName("that is anything else is refused")
    void refused(String frame) {
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> MessageReader.read(frame));
    }

    @Test
    @DisplayName(
            "is bounded in depth and in the length of what it says, and told of without its words")
    void bounded() {
        var deep = "[3,\"a\",{\"x\":" + "[".repeat(40) + "]".repeat(40) + "}]";
        var longId = "[3,\"" + "a".repeat(65) + "\",{}]";
        var longText = "[3,\"a\",{\"x\":\"" + "secret".repeat(6_000) + "\"}]";
        for (var frame : new String[] {deep, longId, longText}) {
            assertThatExceptionOfType(Malformed.class)
                    .isThrownBy(() -> MessageReader.read(frame))
                    .withMessageNotContaining("secret");
        }
    }
}
