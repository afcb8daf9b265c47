package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Problem;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Settings that cannot work.
class SettingsTest {

    private static final URI API = URI.create("http://127.0.0.1:8081");

    private static List<String> problems(TestSettings settings) {
        return new TelegramChannel().check(settings).stream().map(Problem::key).toList();
    }

    @Test
    @DisplayName("each is named")
    void named() {
        var good = Sample.settings(API);
        assertThat(problems(good)).isEmpty();
        assertThat(problems(Sample.posted(API))).isEmpty();
        assertThat(problems(good.with("updates", "webhook"))).containsExactly("webhookSecret");
        assertThat(problems(good.with("apiBase", URI.create("http://api.telegram.org"))))
                .containsExactly("apiBase");
        assertThat(problems(good.with("pollTimeout", "30s"))).containsExactly("pollTimeout");
        assertThat(problems(good.with("pollTimeout", "soon"))).containsExactly("pollTimeout");
    }
}
