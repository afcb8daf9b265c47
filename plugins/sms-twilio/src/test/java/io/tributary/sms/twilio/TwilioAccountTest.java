package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.spi.Account;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.Line;
import io.tributary.spi.Problem;
import io.tributary.spi.Scope;
import io.tributary.spi.SplitsText;
import io.tributary.spi.Trouble;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.TestSettings;
import io.tributary.twilio.AccountCheck;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioAccountTest {

    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        "+15005550006, PARTIAL, 10",
        "12345, PARTIAL, 10",
        "MG00000000000000000000000000000000, PARTIAL, 10",
        "+447700900123, FALLBACK, 1",
    })
    @DisplayName("files go where MMS goes; a text is cut after 1600 characters everywhere")
    void capabilities(String line, Level pictures, int together) {
        var can = open(settings()).capabilities(Sample.conversation(line));

        assertThat(can.support("media.image").level()).isEqualTo(pictures);
        assertThat(can.together()).isEqualTo(together);
        assertThat(can.support("text"))
                .isEqualTo(Support.of(Level.PARTIAL).length(1600, Unit.UTF16));
        assertThat(can.support("choices").level()).isEqualTo(Level.FALLBACK);
        assertThat(can.support("reaction").level()).isEqualTo(Level.REFUSED);
        assertThat(can.mayStart()).isTrue();
        assertThat(can.rates())
                .containsExactly(Capabilities.Rate.of(Scope.LINE, 1, Duration.ofSeconds(1)));
    }

    @Test
    @DisplayName("MMS and the rate are as configured")
    void configured() {
        var account = open(settings().with("mms", false).with("messagesPerSecond", 30));

        var can = account.capabilities(Sample.conversation(Sample.LINE));
        assertThat(can.support("media.image").level()).isEqualTo(Level.FALLBACK);
        assertThat(can.rates().getFirst().permits()).isEqualTo(30);
    }

    @Test
    @DisplayName("lines are the sender and the further numbers")
    void lines() {
        var more = List.of("+15005550099");

        assertThat(open(settings().with("numbers", more)).lines())
                .containsExactly(
                        Line.of(Sample.LINE, Sample.LINE), Line.of("+15005550099", "+15005550099"));
        assertThat(open(Sample.serviceSettings(AccountCheck.TWILIO)).lines())
                .extracting(Line::id)
                .containsExactly(Sample.SERVICE);
    }

    @Test
    @DisplayName("a long text is split as the carriers do")
    void splits() {
        assertThat(((SplitsText) open(settings())).split("a".repeat(200))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM0/Media/ME0, true",
        "https://API.Twilio.com/x, true",
        "https://api.dublin.ie1.twilio.com/x, true",
        "https://api.twilio.com:443/x, true",
        "https://api.twilio.com:8443/x, false",
        "http://api.twilio.com/x, false",
        "https://api.twilio.com.evil.example/x, false",
        "https://eviltwilio.com/x, false",
        "https://api.twilio.com@evil.example/x, false",
        "https://evil.example/?https://api.twilio.com/, false",
        "https://mms.twiliocdn.com/x, false",
        "http://127.0.0.1:4010/x, true",
        "http://127.0.0.1:4011/x, false",
        "https://127.0.0.1:4010/x, false",
    })
    @DisplayName("the credentials go to Twilio and to the configured API, and nowhere else")
    void credentials(String url, boolean trusted) throws Exception {
        var media = (FetchesMedia) open(Sample.settings(URI.create("http://127.0.0.1:4010")));

        var location = media.locate(url);

        assertThat(location.uri()).isEqualTo(URI.create(url));
        if (trusted) {
            var pair = Signed.ACCOUNT + ":" + Sample.TOKEN;
            assertThat(location.headers())
                    .containsEntry(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else {
            assertThat(location.headers()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:///etc/passwd", "ftp://a/b", "/x", "https:///x", "not a url"})
    @DisplayName("media that have no web address cannot be fetched")
    void noAddress(String url) {
        var media = (FetchesMedia) open(settings());

        assertThatExceptionOfType(Trouble.class)
                .isThrownBy(() -> media.locate(url))
                .satisfies(trouble -> assertThat(trouble.retryAfter()).isNull());
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"status\":\"active\",\"auth_token\":\"x\"}', UP, ''",
        "200, '{\"status\":\"suspended\"}', STOPPED, suspended",
        "200, '{\"status\":\"closed\"}', STOPPED, closed",
        "200, '<html>', DOWN, not Twilio",
        "401, '{\"code\":20003}', STOPPED, refuses accountSid and authToken",
        "404, '{\"code\":20404}', STOPPED, does not know the account",
        "429, '', DEGRADED, limits",
        "500, '', DOWN, 500",
    })
    @DisplayName("the account's health is what Twilio says, in plain words")
    void health(int status, String body, Health.State state, String words) throws Exception {
        try (var twilio = LoopbackProvider.answering(status, "application/json", body)) {
            var health = ((ChecksHealth) open(Sample.settings(twilio.uri()))).check();

            assertThat(health.state()).isEqualTo(state);
            assertThat(health.text()).contains(words);
            assertThat(health.toString()).doesNotContain(Sample.TOKEN, "auth_token");
        }
    }

    @Test
    @DisplayName("an API that nobody listens at is down, with what to look at")
    void unreachable() throws Exception {
        var account = (ChecksHealth) open(Sample.settings(LoopbackProvider.unreachable()));

        assertThat(account.check().state()).isEqualTo(Health.State.DOWN);
        assertThat(account.check().action()).contains("apiBase");
    }

    @Test
    @DisplayName("settings name one sender, an API over TLS and a validity that Twilio allows")
    void checks() {
        var channel = new TwilioChannel();

        assertThat(channel.check(settings())).isEmpty();
        assertThat(channel.check(Sample.serviceSettings(AccountCheck.TWILIO))).isEmpty();
        assertThat(channel.check(settings().with("apiBase", "http://127.0.0.1:4010"))).isEmpty();
        assertProblem(settings().without("from"), "from");
        assertProblem(settings().with("messagingServiceSid", Sample.SERVICE), "from");
        assertProblem(settings().with("apiBase", "http://twilio.example"), "apiBase");
        assertProblem(settings().with("apiBase", "http:twilio"), "apiBase");
        assertProblem(settings().with("validity", "11h"), "validity");
        assertProblem(settings().with("validity", "0s"), "validity");
        assertProblem(settings().with("validity", "soon"), "validity");
    }

    private static void assertProblem(TestSettings settings, String key) {
        assertThat(new TwilioChannel().check(settings))
                .extracting(Problem::key)
                .containsExactly(key);
    }

    private Account open(TestSettings settings) {
        return new TwilioChannel().open(host.context(settings));
    }

    private static TestSettings settings() {
        return Sample.settings(AccountCheck.TWILIO);
    }
}
