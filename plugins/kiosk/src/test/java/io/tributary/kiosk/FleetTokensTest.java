package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testkit.TestSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a token of the fleet")
class FleetTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final FleetTokens tokens = new FleetTokens(Sample.settings());

    private static @Nullable Place place(FleetTokens tokens, String token, Instant now) {
        var vouched = tokens.registration(token, now);
        return vouched == null ? null : vouched.place();
    }

    private static String signed(String claims) {
        return Sample.jwt(Sample.HS256, claims, Sample.FLEET_KEY);
    }

    @Test
    @DisplayName("vouches for a device and its place")
    void genuine() {
        assertThat(place(tokens, signed(Sample.CLAIMS), NOW))
                .isEqualTo(new Place("berlin-7", "berlin", "2", ""));
        assertThat(place(tokens, signed("{\"sub\":\"a\",\"store\":\"b\",\"name\":\"Door\"}"), NOW))
                .isEqualTo(new Place("a", "b", "", "Door"));
    }

    @Test
    @DisplayName("vouches until it ends, and for ever where it does not say")
    void ends() {
        var claims = "{\"sub\":\"a\",\"store\":\"b\"";
        assertThat(tokens.registration(signed(Sample.CLAIMS), NOW))
                .extracting(Registration::until)
                .isEqualTo(Instant.ofEpochSecond(1_900_000_000));
        assertThat(tokens.registration(signed(claims + "}"), NOW))
                .extracting(Registration::until)
                .isEqualTo(Instant.MAX);
        assertThat(tokens.registration(signed(claims + ",\"exp\":" + Long.MAX_VALUE + "}"), NOW))
                .isNotNull();
    }

    /// Made by OpenSSL: `printf HEADER.CLAIMS | openssl dgst -sha256 -hmac KEY -binary`, in base
    /// 64.
    @Test
    @DisplayName("is the one that others make")
    void vector() {
        var key = "k".repeat(32);
        var made =
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhIiwic3RvcmUiOiJiIn0.7ZpgOhA3InEGVoULhPqo3DQI6zuQsD8lBNx3889OY3o";
        assertThat(place(new FleetTokens(TestSettings.NONE.withSecret("fleetKey", key)), made, NOW))
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
        assertThat(place(tokens, signed(claims), NOW)).isNull();
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
        assertThat(place(tokens, Sample.jwt(header, Sample.CLAIMS, Sample.FLEET_KEY), NOW))
                .isNull();
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
                assertThat(place(tokens, other.toString(), NOW)).isNull();
            }
        }
        assertThat(place(new FleetTokens(TestSettings.NONE), good, NOW)).isNull();
        assertThat(place(tokens, "." + good, NOW)).isNull();
        assertThat(place(tokens, "a.b", NOW)).isNull();
        assertThat(place(tokens, "..", NOW)).isNull();
    }
}
