package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("test settings")
class TestSettingsTest {

    private final TestSettings settings =
            TestSettings.NONE
                    .with("text", "t")
                    .with("number", 7)
                    .with("flag", true)
                    .with("url", URI.create("https://a.example/"))
                    .with("iso", Duration.ofSeconds(90))
                    .with("short", "250ms")
                    .with("texts", List.of("a", "b"))
                    .with("retry", TestSettings.NONE.with("limit", 3))
                    .with("lines", List.of(TestSettings.NONE.withSecret("pin", "1234")))
                    .withSecret("token", "sesame");

    @Test
    @DisplayName("answer as they were written")
    void values() {
        assertThat(settings.text("text")).isEqualTo("t");
        assertThat(settings.number("number")).isEqualTo(7);
        assertThat(settings.flag("flag")).isTrue();
        assertThat(settings.uri("url")).isEqualTo(URI.create("https://a.example/"));
        assertThat(settings.duration("iso")).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.duration("short")).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.texts("texts")).containsExactly("a", "b");
        assertThat(settings.section("retry").number("limit")).isEqualTo(3);
        assertThat(settings.sections("lines")).hasSize(1);
        assertThat(settings.secret("token").matches("sesame")).isTrue();
        assertThat(settings.secret("token").matches("sesam")).isFalse();
        assertThat(settings.secret("token").matches(null)).isFalse();
        assertThat(settings.keys()).contains("token", "retry");
    }

    @Test
    @DisplayName("answer otherwise where a key is missing")
    void defaults() {
        assertThat(settings.text("other", "o")).isEqualTo("o");
        assertThat(settings.number("other", 1)).isEqualTo(1);
        assertThat(settings.flag("other", true)).isTrue();
        assertThat(settings.duration("other", Duration.ZERO)).isZero();
        assertThat(settings.texts("other")).isEmpty();
        assertThat(settings.sections("other")).isEmpty();
        assertThat(settings.section("other").has("limit")).isFalse();
        assertThat(settings.without("text").has("text")).isFalse();
    }

    @Test
    @DisplayName("name what is missing or wrong by its whole path")
    void problems() {
        unusable(() -> settings.text("other"), "setting 'other' is missing");
        unusable(() -> settings.number("text"), "setting 'text' is not a whole number");
        unusable(() -> settings.flag("text"), "setting 'text' is not true or false");
        unusable(() -> settings.uri("text"), "setting 'text' is not an absolute address");
        unusable(() -> settings.duration("text"), "setting 'text' is not a duration such as 30s");
        unusable(() -> settings.text("token"), "setting 'token' is not a text");
        unusable(() -> settings.secret("text"), "setting 'text' is not a secret");
        unusable(() -> settings.section("retry").text("on"), "setting 'retry.on' is missing");
        unusable(
                () -> settings.sections("lines").getFirst().text("id"),
                "setting 'lines.0.id' is missing");
    }

    @Test
    @DisplayName("never print a value, and know their secrets")
    void secrets() {
        assertThat(settings.toString()).doesNotContain("sesame", "a.example");
        assertThat(settings.secret("token")).hasToString("***");
        assertThat(settings.secrets()).containsExactlyInAnyOrder("sesame", "1234");
    }

    private static void unusable(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(Settings.Unusable.class).hasMessage(message);
    }
}
