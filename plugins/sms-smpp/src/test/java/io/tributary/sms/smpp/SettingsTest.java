package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Line;
import io.tributary.spi.Problem;
import io.tributary.spi.Scope;
import io.tributary.spi.Settings;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettingsTest {

    /// As the schema has it.
    private static final int WIDEST_WINDOW = 1_000;

    private static List<String> problems(TestSettings settings) {
        return new SmppChannel().check(settings).stream().map(Problem::key).toList();
    }

    @Test
    @DisplayName("what the schema cannot say is checked")
    void problems() {
        var good = Sample.settings();
        assertThat(problems(good)).isEmpty();
        assertThat(problems(good.with("url", "smpp://smsc.example.com"))).containsExactly("url");
        assertThat(problems(good.with("url", "smpp://host:99999"))).containsExactly("url");
        assertThat(problems(good.with("answerWithin", "26s"))).containsExactly("answerWithin");
        assertThat(problems(good.with("answerWithin", "soon"))).containsExactly("answerWithin");
        assertThat(problems(good.with("enquireLink", "0s"))).containsExactly("enquireLink");
        assertThat(problems(good.with("segmentPatience", "2d"))).containsExactly("segmentPatience");
        assertThat(problems(good.with("validity", "8d"))).containsExactly("validity");
        assertThat(problems(good.with("certificateAuthority", "nonsense")))
                .containsExactly("certificateAuthority", "certificateAuthority");
    }

    @Test
    @DisplayName("a word that is none is named")
    void words() {
        assertThatThrownBy(() -> Sample.profile("alphabet", "ebcdic"))
                .isInstanceOf(Settings.Unusable.class)
                .hasMessageContaining("alphabet")
                .hasMessageNotContaining("ebcdic");
    }

    @Test
    @DisplayName("the widest window leaves half of the calls for what comes and for others")
    void calls() {
        assertThat(new SmppChannel().descriptor().callsAtOnce())
                .isGreaterThanOrEqualTo(2 * WIDEST_WINDOW);
    }

    @Test
    @DisplayName("lines, binds, pace and receipts are as the settings say")
    void account() throws Exception {
        var settings =
                Sample.settings()
                        .with("lines", List.of("+15005550006", "ACME"))
                        .with("binds", 4)
                        .with("messagesPerSecond", 500)
                        .with("receipts", false);
        try (var host = new FakeHost();
                var account = host.open(new SmppChannel(), settings)) {
            var open = account.account();
            var capabilities = account.capabilities(Sample.conversation());

            assertThat(open.lines())
                    .containsExactly(
                            Line.of("+15005550006", "+15005550006"), Line.of("ACME", "ACME"));
            assertThat(open.slots()).isEqualTo(4);
            assertThat(capabilities.rates())
                    .containsExactly(Rate.of(Scope.ACCOUNT, 500, Duration.ofSeconds(1)));
            assertThat(capabilities.receipts()).isEmpty();
            assertThat(capabilities.support("text").level()).isEqualTo(Level.PARTIAL);
            assertThat(capabilities.mayStart()).isTrue();
        }
    }
}
