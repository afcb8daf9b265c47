package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testkit.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTokensTest {

    private static final String FORMER = "a-former-key-of-the-site-long-enough";

    private final TestSettings settings =
            TestSettings.NONE.withSecret("key", Sample.KEY).withSecret("former", FORMER);
    private final SiteTokens tokens =
            new SiteTokens("web", List.of(settings.secret("key"), settings.secret("former")));

    private SiteTokens.@Nullable User read(String token) {
        return tokens.user(token, Sample.NOW, false);
    }

    @Test
    @DisplayName("a genuine token says who is signed in")
    void genuine() {
        var user =
                read(
                        Sample.token(
                                Sample.claims(
                                        "web",
                                        ",\"name\":\"Ada\",\"email\":\"Ada@Example.com\",\"email_verified\":true,"
                                                + "\"phone_number\":\"+4930123456\",\"extra\":{\"a\":[1]}")));

        assertThat(user)
                .isEqualTo(
                        new SiteTokens.User(
                                "u-17", "Ada", "ada@example.com", true, "+4930123456", false));
        assertThat(user).hasToString("User[]");
    }

    @Test
    @DisplayName("one that the former key has signed is taken, too, and one for several audiences")
    void former() {
        var header = "{\"alg\":\"HS256\"}";
        var claims = Sample.claims("web", "").replace("\"web\"", "[\"shop\",\"web\"]");

        assertThat(read(Sample.token(header, claims, FORMER, "HmacSHA256"))).isNotNull();
        assertThat(
                        read(
                                Sample.token(
                                        header,
                                        claims,
                                        "somebody-elses-key-of-32-characters",
                                        "HmacSHA256")))
                .isNull();
    }

    @Test
    @DisplayName("each flipped bit is noticed")
    void forged() {
        var token = Sample.token(Sample.claims("web", ""));
        for (int at = 0; at < token.length() - 1; at++) {
            for (int bit = 0; bit < 7; bit++) {
                var other = new StringBuilder(token);
                other.setCharAt(at, (char) (token.charAt(at) ^ 1 << bit));
                assertThat(read(other.toString())).as("bit %d of %d", bit, at).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"hs256\"}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"HS256\",\"crit\":null}",
                "{}",
                "[]",
                "nonsense"
            })
    @DisplayName("there is one algorithm, whatever the token says, and nothing else is understood")
    void algorithms(String header) {
        assertThat(read(Sample.token(header, Sample.claims("web", ""), Sample.KEY, "HmacSHA256")))
                .isNull();
    }

    @Test
    @DisplayName("without a signature, or with another algorithm's, it is nothing")
    void unsigned() {
        var token = Sample.token(Sample.claims("web", ""));
        var bare = token.substring(0, token.lastIndexOf('.') + 1);

        assertThat(read(bare)).isNull();
        assertThat(read(bare.substring(0, bare.length() - 1))).isNull();
        assertThat(read(token + ".x")).isNull();
        assertThat(read("")).isNull();
        assertThat(read("..")).isNull();
        assertThat(
                        read(
                                Sample.token(
                                        "{\"alg\":\"HS512\"}",
                                        Sample.claims("web", ""),
                                        Sample.KEY,
                                        "HmacSHA512")))
                .isNull();
        assertThat(new SiteTokens("web", List.of()).user(token, Sample.NOW, false)).isNull();
    }

    @Test
    @DisplayName("it ends, and for a socket that is open already it may have ended")
    void ends() {
        var token = Sample.token(Sample.claims("web", ""));
        Instant later = Sample.NOW.plusSeconds(900).plus(Duration.ofMinutes(1));

        assertThat(tokens.user(token, later.minusMillis(1), false)).isNotNull();
        assertThat(tokens.user(token, later, false)).isNull();
        assertThat(tokens.user(token, later, true)).isNotNull();
        assertThat(tokens.user(token, Sample.NOW.minus(Duration.ofDays(2)), false)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"u\",\"aud\":\"web\"}",
                "{\"sub\":\"u\",\"aud\":\"web\",\"exp\":\"soon\"}",
                "{\"sub\":\"u\",\"aud\":\"web\",\"exp\":-5}",
                "{\"sub\":\"u\",\"aud\":\"web\",\"exp\":9223372036854775807}",
                "{\"sub\":\"u\",\"aud\":\"web\",\"exp\":99999999999999999999}",
                "{\"sub\":\"u\",\"aud\":\"web\",\"exp\":1767269700,\"nbf\":1767269699}",
                "{\"sub\":\"u\",\"aud\":\"other\",\"exp\":1767269700}",
                "{\"sub\":\"u\",\"aud\":{\"web\":1},\"exp\":1767269700}",
                "{\"sub\":\"u\",\"exp\":1767269700}",
                "{\"sub\":\"\",\"aud\":\"web\",\"exp\":1767269700}",
                "{\"sub\":17,\"aud\":\"web\",\"exp\":1767269700}",
                "{\"sub\":{\"$ne\":1},\"aud\":\"web\",\"exp\":1767269700}",
                "{\"aud\":\"web\",\"exp\":1767269700}"
            })
    @DisplayName("a token for somebody else, for ever, for nobody or for later is none")
    void claims(String claims) {
        assertThat(read(Sample.token(claims))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no address", "a@b\\nBcc: c@d", "@b", "a@"})
    @DisplayName("what is no address is left out")
    void addresses(String email) {
        var user =
                read(
                        Sample.token(
                                Sample.claims(
                                        "web",
                                        ",\"email\":\"" + email + "\",\"phone_number\":\"0301\"")));

        assertThat(user).isEqualTo(new SiteTokens.User("u-17", null, null, false, null, false));
    }
}
