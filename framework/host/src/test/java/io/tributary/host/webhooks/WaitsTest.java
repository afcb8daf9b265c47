package io.tributary.host.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("an app that asks for time")
final class WaitsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @DisplayName("gets it, however it says so, within limits")
    @CsvSource(
            delimiter = '|',
            value = {
                "120|PT2M",
                " 7 |PT7S",
                "0|PT1S",
                "86400|PT1H",
                "Sun, 22 Nov 2026 10:02:00 GMT|PT2M",
                "Sun, 22 Nov 2026 09:00:00 GMT|PT1S",
                "Mon, 23 Nov 2026 10:00:00 GMT|PT1H"
            })
    void isAsked(String retryAfter, Duration time) {
        assertThat(Waits.asked(retryAfter, NOW)).contains(time);
    }

    @ParameterizedTest
    @DisplayName("gets what any failure gets where nobody can read what it says")
    @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999", "22 Nov 2026"})
    void isUnreadable(String retryAfter) {
        assertThat(Waits.asked(retryAfter, NOW)).isEmpty();
    }

    @Test
    @DisplayName("has to ask")
    void isSilent() {
        assertThat(Waits.asked(null, NOW)).isEmpty();
    }
}
