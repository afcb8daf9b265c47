package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Built from the repository of the distribution, in a folder of its own, as anybody's channel is.
@DisplayName("samples/echo-channel")
@Timeout(900)
final class EchoChannelIT {

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("keeps the contract, and answers a text with the same text")
    void echoes() throws Exception {
        var project = SampleProject.copied("echo-channel", folder);

        var built = project.verified();
        assertThat(built.exit()).as(built.text()).isZero();
        assertThat(built.text()).containsPattern("Tests run: [45]\\d, Failures: 0, Errors: 0");
        assertThat(project.scoreCard()).contains("\"grade\": \"silver\"");

        try (Workbench bench = Workbench.start(project.folder())) {
            assertThat(bench.text("1", "Anybody there?").statusCode()).isEqualTo(202);
            var found =
                    Pattern.compile("\"conversationId\":\"([^\"]*)\"")
                            .matcher(bench.read("/v1/interactions").body());
            assertThat(found.find()).isTrue();

            var answered =
                    bench.post(
                            "/v1/conversations/" + found.group(1) + "/interactions",
                            "{\"parts\": [{\"type\": \"text\", \"text\": \"Only me.\"}]}");

            assertThat(answered.statusCode()).as(answered.body()).isEqualTo(202);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(bench.texts("inbound"))
                                    .containsExactly("Anybody there?", "Only me."));
        }
    }
}
