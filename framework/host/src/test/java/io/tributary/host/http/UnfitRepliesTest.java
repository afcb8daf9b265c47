package io.tributary.host.http;

import static io.tributary.host.http.HttpDoorTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.spi.WebhookReply;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A reply of a plugin that cannot be sent")
final class UnfitRepliesTest {

    private static final String HOOK = "/channels/pager-us/webhook";

    /// Would begin a header of its own.
    private static final String TWO_HEADERS = "text/plain\r\nX-Injected: yes";

    private final List<CompletableFuture<WebhookReply>> waiting = new CopyOnWriteArrayList<>();
    private final TestDoor server = new TestDoor();
    private volatile Runnable received = () -> {};

    @BeforeEach
    void serve() {
        server.door.webhooks(
                new TestWebhooks((_, _) -> {
                    var reply = new CompletableFuture<WebhookReply>();
                    waiting.add(reply);
                    received.run();
                    return reply;
                }));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<HttpResponse<String>> begin() {
        int before = waiting.size();
        var answer = server.client.sendAsync(server.to(HOOK).build(), BodyHandlers.ofString());
        await().until(() -> waiting.size() > before);
        return answer;
    }

    private static HttpResponse<String> answered(CompletableFuture<HttpResponse<String>> answer)
            throws Exception {
        return answer.get(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> answered(WebhookReply with) throws Exception {
        var answer = begin();
        waiting.getLast().complete(with);
        return answered(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {TWO_HEADERS, "text/plain\n", "text/\0plain"})
    @DisplayName("is answered as a failure of ours, and its words reach nobody")
    void aloneUnfit(String type) throws Exception {
        var answer = answered(new WebhookReply(200, type, io.tributary.model.Bytes.utf8("body")));

        problem(answer, 500, "internal");
        assertThat(answer.headers().firstValue("X-Injected")).isEmpty();
        assertThat(answer.body()).doesNotContain("body");
        assertThat(answered(WebhookReply.ok("text/plain", "next")).body()).isEqualTo("next");
        assertThat(counted("500")).isEqualTo(1);
        assertThat(counted("200")).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // the wrong that is tried
    @DisplayName("since there is none, is answered as a failure of ours")
    void none() throws Exception {
        problem(answered((WebhookReply) null), 500, "internal");
        assertThat(answered(WebhookReply.EMPTY).statusCode()).isEqualTo(204);
    }

    /// All answers wait until the last request has come; they are given on its event loop, which so
    /// finds all that are its own at once, the unfit ones first.
    @Test
    @DisplayName("harms none of those that go out together with it")
    void neighbours() throws Exception {
        int loops = HttpLimits.DEFAULT.eventLoops();
        int unfit = 2 * loops;
        int all = 4 * loops;
        received =
                () -> {
                    if (waiting.size() == all) {
                        for (int i = 0; i < all; i++) {
                            waiting.get(i)
                                    .complete(
                                            WebhookReply.ok(
                                                    i < unfit ? TWO_HEADERS : "text/plain",
                                                    "answer " + i));
                        }
                    }
                };
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < all; i++) {
            answers.add(begin());
        }

        for (int i = 0; i < unfit; i++) {
            problem(answered(answers.get(i)), 500, "internal");
        }
        for (int i = unfit; i < all; i++) {
            assertThat(answered(answers.get(i)).body()).isEqualTo("answer " + i);
        }
    }

    private int counted(String status) {
        return server.send(server.as(KnownTokens.OPERATOR, "/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith("tributary_http_requests_seconds_count"))
                .filter(line -> line.contains("webhook") && line.contains("status=\"" + status))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
