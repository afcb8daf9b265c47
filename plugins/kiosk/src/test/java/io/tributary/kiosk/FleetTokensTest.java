package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testkit.TestSettings;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a token of the fleet")
class FleetTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final FleetTokens tokens = new FleetTokens(Sample.settings());

    private static String signed(String claims) {
        return Sample.jwt(Sample.HS256, claims, Sample.FLEET_KEY);
    }

    @Test
    @DisplayName("vouches for a device and its place")
    void genuine() {
        assertThat(tokens.place(signed(Sample.CLAIMS), NOW))
                .isEqualTo(new Place("berlin-7", "berlin", "2", ""));
        assertThat(tokens.place(signed("{\"sub\":\"a\",\"store\":\"b\",\"name\":\"Door\"}"), NOW))
                .isEqualTo(new Place("a", "b", "", "Door"));
    }

    /// Made by OpenSSL: `printf HEADER.CLAIMS | openssl dgst -sha256 -hmac KEY -binary`, in base
    /// 64.
    @Test
    @DisplayName("is the one that others make")
    void vector() {
        var key = "k".repeat(32);
        var made =
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhIiwic3RvcmUiOiJiIn0.7ZpgOhA3InEGVoULhPqo3DQI6zuQsD8lBNx3889OY3o";
        assertThat(new FleetTokens(TestSettings.NONE.withSecret("fleetKey", key)).place(made, NOW))
                .isEqualTo(new Place("a", "b", "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"sub\":\"a\"}",
                "{\"sub\":\"a/b\",\"store\":\"b\"}",
                "{\"sub\":\"a\",\"store\":\"b\",\"exp\":1767268800}",
                "{\"sub\":\"a\",\"store\":\"b\",\"exp\":\"1900000000\"}",
                "{\"sub\":\"a\",\"store\":\"b\",\"exp\":null}",
                "{\"sub\":\"a\",\"store\":\"b\",\"nbf\":1767268801}",
                "[]"
            })
    @DisplayName("vouches for nothing that it does not say, or not now")
    void claims(String claims) {
        assertThat(tokens.place(signed(claims), NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"hs256\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
                "{}"
            })
    @DisplayName("says itself how it is signed, and is believed in one way only")
    void algorithms(String header) {
        assertThat(tokens.place(Sample.jwt(header, Sample.CLAIMS, Sample.FLEET_KEY), NOW)).isNull();
    }

    @Test
    @DisplayName("is worth nothing with a bit of it changed, or where there is no key")
    void forged() {
        var good = signed(Sample.CLAIMS);
        for (int at = 0; at < good.length(); at++) {
            var other = new StringBuilder(good);
            other.setCharAt(at, good.charAt(at) == 'A' ? 'B' : 'A');
            // the last character holds two bits that stand for nothing
            if (at < good.length() - 1) {
                assertThat(tokens.place(other.toString(), NOW)).isNull();
            }
        }
        assertThat(new FleetTokens(TestSettings.NONE).place(good, NOW)).isNull();
        assertThat(tokens.place("." + good, NOW)).isNull();
        assertThat(tokens.place("a.b", NOW)).isNull();
        assertThat(tokens.place("..", NOW)).isNull();
    }
}
