package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.command.Member;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("an agent app that asks before it sends")
final class PreviewOverHttpTest {

    private static final String TEXT = "{\"parts\":[{\"type\":\"text\",\"text\":\"It is.\"}]}";
    private static final String PLACE =
            "{\"parts\":[{\"type\":\"location\",\"latitude\":1,\"longitude\":2}]}";

    @TempDir Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private Member member;
    private String conversation = "";

    @BeforeEach
    void start() throws Exception {
        member = Member.start(folder);
        member.connect("shop");
        member.page("shop", "1", "ada", "Is my bike ready?");
        conversation =
                "/v1/conversations/"
                        + read(send("GET", "/v1/conversations", "")).at("/items/0/id").asString();
    }

    @AfterEach
    void stop() {
        member.close();
        http.shutdownNow();
    }

    @Test
    @DisplayName("is told what would be sent, and nothing is stored")
    void sendable() {
        JsonNode previewed = read(send("POST", conversation + "/preview", TEXT));

        assertThat(previewed.path("sendable").asBoolean()).isTrue();
        assertThat(previewed.at("/sends/0/parts/0/part/number").asInt()).isEqualTo(1);
        assertThat(previewed.at("/sends/0/parts/0/measure/length").asInt()).isEqualTo(6);
        assertThat(previewed.has("degraded")).isFalse();
        assertThat(read(send("GET", conversation + "/interactions", "")).path("items")).hasSize(1);
    }

    @Test
    @DisplayName("is told no as the reply itself would be")
    void refused() {
        JsonNode problem = read(send("POST", conversation + "/preview", PLACE)).path("problem");

        HttpResponse<String> reply = send("POST", conversation + "/interactions", PLACE);
        assertThat(reply.statusCode()).isEqualTo(422);
        for (String member : new String[] {"type", "status", "detail", "errors", "reason"}) {
            assertThat(problem.path(member)).as(member).isEqualTo(read(reply).path(member));
        }
        assertThat(problem.path("alternatives").isArray()).isTrue();
        send("POST", conversation + "/close", "{}");
        assertThat(read(send("POST", conversation + "/preview", TEXT)).at("/problem/type"))
                .hasToString("\"/problems/closed\"");
    }

    @Test
    @DisplayName("is told of the customer's other conversations, as far as its token sees them")
    void alternatives() {
        member.connect("store");
        member.page("store", "1", "ada", "Or there?");
        String terse =
                "{\"channel\":\"pager\",\"config\":{\"terse\":true},\"secrets\":{\"key\":\"%s\"}}"
                        .formatted(Member.KEY);
        assertThat(send("PUT", "/admin/v1/accounts/shop", terse).statusCode()).isEqualTo(200);
        String limited =
                read(send(
                                "POST",
                                "/admin/v1/tokens",
                                "{\"name\":\"t\",\"scopes\":[\"interactions:write\"],"
                                        + "\"accounts\":[\"shop\"]}"))
                        .path("token")
                        .asString();

        assertThat(others(Member.TOKEN)).containsExactly("store");
        assertThat(others(limited)).isEmpty();
    }

    /// The accounts of the conversations in which the same could be sent instead.
    private List<String> others(String token) {
        JsonNode problem =
                read(send(token, "POST", conversation + "/preview", TEXT)).path("problem");
        assertThat(problem.at("/errors/0/code").asString()).isEqualTo("too-long");
        return problem.path("alternatives")
                .valueStream()
                .map(each -> each.path("account").asString())
                .toList();
    }

    @Test
    @DisplayName("is refused what is no reply, and what is not there")
    void nonsense() {
        assertThat(send("POST", conversation + "/preview", "{}").statusCode()).isEqualTo(422);
        String nowhere = "/v1/conversations/018f3c52-7a10-7c00-8000-000000000000/preview";
        assertThat(send("POST", nowhere, TEXT).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("finds in the conversation what it can carry")
    void capabilities() {
        JsonNode capabilities = read(send("GET", conversation, "")).path("capabilities");

        assertThat(capabilities.at("/content/text/level").asString()).isEqualTo("full");
        assertThat(capabilities.path("together").asInt()).isEqualTo(1);
        assertThat(capabilities.path("mayStart").asBoolean()).isTrue();
        assertThat(capabilities.path("version").asString()).hasSize(16);
        assertThat(read(send("GET", conversation, "")).path("capabilities"))
                .isEqualTo(capabilities);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(Member.TOKEN, method, path, body);
    }

    private HttpResponse<String> send(String token, String method, String path, String body) {
        var request =
                HttpRequest.newBuilder(member.url().resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
