package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.testkit.TestSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What anybody may offer as a token, and what a site may sign that nobody has thought of.
class SiteTokensFuzzTest {

    private final SiteTokens tokens =
            new SiteTokens(
                    "web", List.of(TestSettings.NONE.withSecret("key", Sample.KEY).secret("key")));

    @FuzzTest(maxDuration = "10s")
    void nothingUnsignedIsBelieved(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);

        assertThat(tokens.user(text, Sample.NOW, true)).isNull();
        var user = tokens.user(Sample.token(text), Sample.NOW, false);
        if (user != null) {
            assertThat(text).contains("web");
            assertThat(user.id()).isNotBlank();
        }
    }
}
