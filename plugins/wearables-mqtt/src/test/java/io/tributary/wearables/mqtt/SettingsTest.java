package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Problem;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("settings")
class SettingsTest {

    private static final TestSettings GOOD = Sample.settings(URI.create("http://127.0.0.1:1883"));

    private static List<String> wrong(TestSettings settings) {
        return new WearablesChannel().check(settings).stream().map(Problem::key).toList();
    }

    @Test
    @DisplayName("that are good are good")
    void good() {
        assertThat(wrong(GOOD)).isEmpty();
        assertThat(
                        wrong(
                                GOOD.with("broker", "mqtts://broker.example")
                                        .with("user", "u")
                                        .with("keepAlive", Duration.ofSeconds(5))
                                        .withSecret("password", "p")
                                        .withSecret("webhookSecret", Sample.SECRET)))
                .isEmpty();
    }

    @Test
    @DisplayName("send no password in the clear over a network")
    void clear() {
        var settings =
                GOOD.with("broker", "mqtt://broker.example")
                        .with("user", "u")
                        .withSecret("password", "p");

        assertThat(wrong(settings)).containsExactly("broker");
        assertThat(wrong(settings.with("broker", "mqtt://127.0.0.1"))).isEmpty();
        assertThat(wrong(settings.with("broker", "mqtt://127.evil.example")))
                .containsExactly("broker");
        assertThat(wrong(settings.with("broker", "mqtt://127.0.0.1.example")))
                .containsExactly("broker");
        assertThat(wrong(GOOD.withSecret("password", "p"))).containsExactly("user");
    }

    @Test
    @DisplayName("name what is out of bounds or unreadable")
    void bounds() {
        assertThat(wrong(GOOD.with("keepAlive", "1s"))).containsExactly("keepAlive");
        assertThat(wrong(GOOD.with("sessionExpiry", "soon"))).containsExactly("sessionExpiry");
        assertThat(wrong(GOOD.with("authorities", "none"))).containsExactly("authorities");
        assertThat(wrong(GOOD.withSecret("webhookSecret", "whsec_!")))
                .containsExactly("webhookSecret");
        var window = TestSettings.NONE.with("code", "8867-4").with("window", "2h");
        assertThat(wrong(GOOD.with("averages", List.of(window)))).containsExactly("window");
        var twice = window.with("window", "1m");
        assertThat(wrong(GOOD.with("averages", List.of(twice, twice)))).containsExactly("averages");
    }
}
