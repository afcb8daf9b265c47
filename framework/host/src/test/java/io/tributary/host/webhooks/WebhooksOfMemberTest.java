package io.tributary.host.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.command.Member;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the webhooks of a whole member")
@Timeout(120)
final class WebhooksOfMemberTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    @Test
    @DisplayName("bring what arrives on a channel, also after a restart")
    void arrivals() throws Exception {
        try (var app = new Receiver()) {
            try (Member member = Member.start(folder)) {
                member.connect("shop");
                member.run(
                        "webhooks",
                        "create",
                        "crm",
                        app.url("/hook").toString(),
                        "--filter",
                        "type=text");
                member.page("shop", "1", "ada", "Is my bike ready?");
                await().atMost(Duration.ofSeconds(30)).until(() -> app.posts.size() == 1);
            }
            try (Member member = Member.start(folder)) {
                member.page("shop", "2", "ada", "Hello?");
                await().atMost(Duration.ofSeconds(30)).until(() -> app.posts.size() == 2);
            }

            assertThat(app.posts.getFirst().body()).contains("Is my bike ready?");
            assertThat(app.posts.getLast().body()).contains("Hello?");
        }
    }
}
