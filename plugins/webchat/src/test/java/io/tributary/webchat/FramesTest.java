package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.spi.Malformed;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    @Test
    @DisplayName("what the widget says is read")
    void reads() {
        assertThat(
                        Frames.read(
                                "{\"t\":\"say\",\"id\":\"abcdefgh\",\"at\":1767269700000,\"page\":\"https://a.b/c\","
                                        + "\"text\":\"hi \\u0000\",\"new\":[{}]}"))
                .isEqualTo(
                        new Said.Text(
                                "abcdefgh",
                                Instant.ofEpochMilli(1767269700000L),
                                "https://a.b/c",
                                "hi \0",
                                null));
        assertThat(Frames.read("{\"t\":\"typing\",\"on\":true}")).isEqualTo(new Said.Typing(true));
        assertThat(Frames.read("{\"t\":\"ping\"}")).isEqualTo(new Said.Ping());
        assertThat(Frames.read("{\"t\":\"read\",\"until\":\"2026-01-01T12:00:00.5Z\"}"))
                .isEqualTo(new Said.Read(Instant.parse("2026-01-01T12:00:00.5Z")));
        assertThat(Frames.read("{\"t\":\"got\",\"key\":\"k-1\"}")).isEqualTo(new Said.Got("k-1"));
        assertThat(Frames.read("{\"t\":\"of a newer widget\"}")).isEqualTo(new Said.Strange());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"say\"",
                "{}",
                "{\"t\":1}",
                "{\"t\":\"ping\"} {}",
                "{\"t\":\"ping\",\"t\":\"say\"}",
                "{\"t\":\"say\",\"id\":\"abcdefgh\"}",
                "{\"t\":\"say\",\"id\":\"short\",\"text\":\"a\"}",
                "{\"t\":\"say\",\"id\":\"abc defgh\",\"text\":\"a\"}",
                "{\"t\":\"say\",\"id\":\"abcdefgh\",\"text\":\" \"}",
                "{\"t\":\"say\",\"id\":\"abcdefgh\",\"text\":{\"$gt\":\"\"}}",
                "{\"t\":\"say\",\"id\":\"abcdefgh\",\"text\":[\"a\"]}",
                "{\"t\":\"say\",\"id\":\"abcdefgh\",\"text\":\"a\",\"at\":1e9}",
                "{\"t\":\"say\",\"id\":\"abcdefgh\",\"text\":\"a\",\"at\":-1}",
                "{\"t\":\"say\",\"id\":\"abcdefgh\",\"text\":\"a\",\"at\":999999999999999999999}",
                "{\"t\":\"read\",\"until\":\"yesterday\"}",
                "{\"t\":\"read\",\"until\":\"+9999999999-01-01T00:00:00Z\"}",
                "{\"t\":\"typing\",\"on\":\"yes\"}",
                "{\"t\":\"file\",\"id\":\"abcdefgh\",\"media\":\"a b\",\"grant\":\"g\",\"name\":\"\",\"type\":\"t\"}",
                "{\"t\":\"fill\",\"id\":\"abcdefgh\",\"form\":\"f\",\"values\":[]}",
                "{\"t\":\"fill\",\"id\":\"abcdefgh\",\"form\":\"f\",\"values\":{\"a\":{\"b\":1}}}",
                "{\"t\":\"fill\",\"id\":\"abcdefgh\",\"form\":\"f\",\"values\":{\"a\":null}}",
                "{\"t\":\"fill\",\"id\":\"abcdefgh\",\"form\":\"f\",\"values\":{\"a\":[[1]]}}",
                "{\"t\":\"transcript\",\"id\":\"abcdefgh\",\"email\":\"a@b\\r\\nBcc:c@d\"}",
                "{\"t\":\"look\",\"media\":\"m\"}",
                "\uFEFF{\"t\":\"ping\"}"
            })
    @DisplayName("what is none of its frames is malformed, and nothing of it is repeated")
    void malformed(String text) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> Frames.read(text))
                .withMessageMatching("[ a-zA-Z0-9]*");
    }

    @Test
    @DisplayName("what is too long, too deep or too much is refused")
    void bounds() {
        var longest = "x".repeat(Frames.LONGEST_TEXT);
        var say = "{\"t\":\"say\",\"id\":\"abcdefgh\",\"text\":\"%s\"}";
        assertThat(Frames.read(say.formatted(longest))).isInstanceOf(Said.Text.class);
        for (var text :
                new String[] {
                    say.formatted(longest + "x"),
                    say.formatted("x".repeat(1_000_000)),
                    "{\"t\":\"ping\",\"x\":" + "[".repeat(100_000),
                    "{\"t\":\"ping\",\"x\":" + "[".repeat(20) + "]".repeat(20) + "}",
                    "{\"t\":\"ping\",\"x\":" + "9".repeat(5_000) + "}",
                    "{\"t\":\"ping\",\"" + "x".repeat(5_000) + "\":1}",
                    "{\"t\":\"fill\",\"id\":\"abcdefgh\",\"form\":\"f\",\"values\":"
                            + many(51)
                            + "}"
                }) {
            assertThatExceptionOfType(Malformed.class).isThrownBy(() -> Frames.read(text));
        }
    }

    private static String many(int values) {
        var json = new StringBuilder("{");
        for (int i = 0; i < values; i++) {
            json.append(i == 0 ? "" : ",").append("\"v").append(i).append("\":1");
        }
        return json.append('}').toString();
    }
}
