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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("an agent app that says what to try where a message does not arrive")
final class FallbackOverHttpTest {

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

    private static String with(String fallback) {
        return "{\"parts\":[{\"type\":\"text\",\"text\":\"It is.\"}],\"fallback\":"
                + fallback
                + "}";
    }

    @Test
    @DisplayName("or that a message is one of very many, and reads so in the stream")
    void bulk() {
        String text = "{\"parts\":[{\"type\":\"text\",\"text\":\"It is.\"}],\"priority\":\"%s\"%s}";
        String begins = ",\"account\":\"shop\",\"address\":\"bob\"";
        String mark = "/extensions/tributary.priority";

        JsonNode reply =
                read(send("POST", conversation + "/interactions", text.formatted("bulk", "")));
        JsonNode first = read(send("POST", "/v1/conversations", text.formatted("bulk", begins)));
        JsonNode answer =
                read(send("POST", conversation + "/interactions", text.formatted("normal", "")));
        HttpResponse<String> wrong =
                send("POST", conversation + "/interactions", text.formatted("urgent", ""));

        assertThat(reply.at(mark).asString()).isEqualTo("bulk");
        assertThat(first.at(mark).asString()).isEqualTo("bulk");
        assertThat(answer.at(mark).isMissingNode()).isTrue();
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(read(wrong).at("/errors/0/pointer").asString()).isEqualTo("/priority");
    }

    @Test
    @DisplayName("sees what is foreseen and what is done")
    void isShown() {
        String plan =
                "{\"until\":\"read\",\"within\":\"PT1H\",\"then\":[{\"channel\":\"smoke\"},"
                        + "{\"account\":\"shop\",\"address\":\"ada\"}]}";

        JsonNode preview = read(send("POST", conversation + "/preview", with(plan)));
        JsonNode foreseen = preview.path("fallback");
        HttpResponse<String> taken = send("POST", conversation + "/interactions", with(plan));
        String id = read(taken).path("id").asString();
        JsonNode course = read(send("GET", "/v1/interactions/" + id + "/fallback", ""));

        assertThat(preview.path("until").asString()).isEqualTo("accepted");
        assertThat(foreseen.at("/0/possible").asBoolean()).isFalse();
        assertThat(foreseen.at("/0/reason/code").asString()).isEqualTo("no-address");
        assertThat(foreseen.at("/1/possible").asBoolean()).isTrue();
        assertThat(foreseen.at("/1/sends/0/parts")).hasSize(1);
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(read(taken).at("/extensions/tributary.fallback/plan").asString()).isEqualTo(id);
        assertThat(course.path("plan").asString()).isEqualTo(id);
        assertThat(course.path("state").asString()).isEqualTo("running");
        assertThat(course.path("doubled").asBoolean()).isFalse();
        assertThat(course.at("/steps/0/outcome").asString()).isEqualTo("waiting");
        assertThat(course.at("/steps/0/account").asString()).isEqualTo("shop");
        assertThat(course.at("/steps/2/outcome").asString()).isEqualTo("later");
        assertThat(send("GET", "/v1/interactions/" + id.replace('7', '8') + "/fallback", ""))
                .returns(404, HttpResponse::statusCode);
    }

    @Test
    @DisplayName("is shown what the steps after the first words of a conversation would become")
    void foreseesBeginnings() {
        String plan = "{\"until\":\"read\",\"within\":\"PT1H\",\"then\":[{\"channel\":\"smoke\"}]}";
        String first = "{\"account\":\"shop\",\"address\":\"eve\"," + with(plan).substring(1);

        JsonNode preview = read(send("POST", "/v1/conversations/preview", first));

        assertThat(preview.path("sendable").asBoolean()).isTrue();
        assertThat(preview.path("until").asString()).isEqualTo("accepted");
        assertThat(preview.path("fallback")).hasSize(1);
        assertThat(preview.at("/fallback/0/reason/code").asString()).isEqualTo("no-address");
    }

    @Test
    @DisplayName("is told all that is wrong with a plan")
    void isRefused() {
        String plan =
                "{\"until\":\"soon\",\"within\":\"P8D\",\"then\":[{\"address\":\"ada\"},"
                        + "{\"fax\":\"1\"}],\"else\":1}";

        JsonNode problem = read(send("POST", conversation + "/interactions", with(plan)));

        assertThat(
                        problem.path("errors")
                                .valueStream()
                                .map(each -> each.path("pointer").asString()))
                .containsExactlyInAnyOrder(
                        "/fallback/else",
                        "/fallback/until",
                        "/fallback/within",
                        "/fallback/then/0/account",
                        "/fallback/then/1/fax");
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String body) {
        var request =
                HttpRequest.newBuilder(member.url().resolve(path))
                        .header("Authorization", "Bearer " + Member.TOKEN)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
