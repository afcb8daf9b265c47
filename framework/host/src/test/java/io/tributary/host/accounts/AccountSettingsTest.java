package io.tributary.host.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.secrets.HeldSecret;
import io.tributary.model.AccountId;
import io.tributary.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("an account's settings")
class AccountSettingsTest {

    private final Lease lease = new Lease(AccountId.of("pager-us"));
    private final Settings settings =
            new AccountSettings(
                    SettingsJson.object(
                            """
                            {"url": "https://pager.example/x", "retries": 3, "loud": true,
                             "wait": "30s", "long": "PT2H", "relative": "x/y", "none": null,
                             "numbers": ["1", "2"], "retry": {"limit": 5},
                             "lines": [{"number": "100"}, {"number": "200"}]}
                            """,
                            "config"),
                    Map.of(
                            "token", new HeldSecret("sesame"),
                            "lines.1.pin", new HeldSecret("4711"),
                            "auth.key", new HeldSecret("key")),
                    lease);

    @Test
    @DisplayName("are read by type")
    void types() {
        assertThat(settings.text("url")).isEqualTo("https://pager.example/x");
        assertThat(settings.uri("url")).isEqualTo(URI.create("https://pager.example/x"));
        assertThat(settings.number("retries")).isEqualTo(3);
        assertThat(settings.flag("loud")).isTrue();
        assertThat(settings.duration("wait")).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.duration("long")).isEqualTo(Duration.ofHours(2));
        assertThat(settings.texts("numbers")).containsExactly("1", "2");
        assertThat(settings.texts("nothing")).isEmpty();
        assertThat(settings.section("retry").number("limit")).isEqualTo(5);
        assertThat(settings.sections("lines"))
                .extracting(line -> line.text("number"))
                .containsExactly("100", "200");
    }

    @Test
    @DisplayName("answer what was asked for otherwise only where a key is missing")
    void otherwise() {
        assertThat(settings.text("missing", "otherwise")).isEqualTo("otherwise");
        assertThat(settings.text("none", "otherwise")).isEqualTo("otherwise");
        assertThat(settings.number("retries", 9)).isEqualTo(3);
        assertThat(settings.duration("missing", Duration.ZERO)).isZero();
    }

    @Test
    @DisplayName("name the key by its whole path and never show a value")
    void unusable() {
        assertUnusable(() -> settings.text("missing"), "setting 'missing' is missing");
        assertUnusable(() -> settings.number("url"), "setting 'url' is not a whole number");
        assertUnusable(() -> settings.flag("url"), "setting 'url' is neither true nor false");
        assertUnusable(() -> settings.text("retries"), "setting 'retries' is not a text");
        assertUnusable(
                () -> settings.uri("relative"),
                "setting 'relative' is not an absolute address, such as https://example.com");
        assertUnusable(
                () -> settings.duration("url"),
                "setting 'url' is not a duration, such as 30s, 10m or PT2H");
        assertUnusable(
                () -> settings.section("nowhere").text("key"), "setting 'nowhere.key' is missing");
        assertUnusable(
                () -> settings.sections("lines").getLast().number("number"),
                "setting 'lines.1.number' is not a whole number");
        assertUnusable(() -> settings.text("token"), "setting 'token' is a secret: ask for it so");
        assertUnusable(() -> settings.secret("url"), "setting 'url' is missing");
    }

    @Test
    @DisplayName("hold secrets in their places, and print none")
    void secrets() {
        assertThat(settings.secret("token").reveal()).isEqualTo("sesame");
        assertThat(settings.sections("lines").getLast().secret("pin").reveal()).isEqualTo("4711");
        assertThat(settings.section("auth").secret("key").matches("key")).isTrue();
        assertThat(settings.has("token")).isTrue();
        assertThat(settings.has("auth")).isTrue();
        assertThat(settings.has("none")).isFalse();
        assertThat(settings.keys())
                .contains("url", "token", "lines", "auth")
                .doesNotContain("none");
        assertThat(settings.toString()).doesNotContain("sesame").doesNotContain("pager.example");
        assertThat(settings.secret("token")).hasToString("***");
    }

    @Test
    @DisplayName("are of no use once the account is closed, nor is what they handed out")
    void closed() {
        var secret = settings.secret("token");
        var section = settings.section("retry");
        lease.end();

        assertThatThrownBy(() -> settings.text("url")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> section.number("limit")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(secret::reveal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("account pager-us was closed");
    }

    @Test
    @DisplayName("know durations with a unit")
    void durations() {
        assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Durations.parse("10m")).isEqualTo(Duration.ofMinutes(10));
        assertThat(Durations.parse("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(Durations.parse("3d")).isEqualTo(Duration.ofDays(3));
        for (var wrong : new String[] {"", "s", "3", "3 s", "3w", "-3s", "99999999999999999999s"}) {
            assertThatThrownBy(() -> Durations.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertUnusable(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable asked, String message) {
        assertThatThrownBy(asked).isInstanceOf(Settings.Unusable.class).hasMessage(message);
    }
}
