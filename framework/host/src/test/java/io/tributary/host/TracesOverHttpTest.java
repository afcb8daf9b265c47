package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tributary.host.command.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("a request to a provider")
final class TracesOverHttpTest {

    private static final String ANSWER =
            "{\"code\":4711,\"message\":\"The pager ada is full, and cannot take 'It is.'\"}";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path folder = Path.of("");

    private static HttpServer provider;
    private static Member member;
    private static String interaction = "";

    /// A message that the provider refuses.
    @BeforeAll
    static void refused() throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext(
                "/",
                exchange -> {
                    byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(400, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        provider.start();
        member = Member.start(folder);
        member.run(
                "account",
                "put",
                "shop",
                "--channel",
                "pager",
                "--secret",
                "key=" + Member.KEY,
                "--set",
                "exchange=http://127.0.0.1:%d/v1/%s/pages?key=%s"
                        .formatted(provider.getAddress().getPort(), Member.KEY, Member.KEY));
        member.connect("store");
        member.page("shop", "1", "ada", "Is my bike ready?");
        JsonNode conversations = got(Member.TOKEN, "/v1/conversations");
        interaction =
                read(send(
                                Member.TOKEN,
                                "POST",
                                "/v1/conversations/%s/interactions"
                                        .formatted(conversations.at("/items/0/id").asString()),
                                "{\"parts\":[{\"type\":\"text\",\"text\":\"It is.\"}]}"))
                        .path("id")
                        .asString();
        await().until(() -> traces(Member.TOKEN).path("items").size() == 1);
    }

    @AfterAll
    static void stop() {
        member.close();
        provider.stop(0);
        HTTP.shutdownNow();
    }

    @Test
    @DisplayName("leaves one trace with the interaction, and in it neither words nor secrets")
    void ofAnInteraction() {
        JsonNode trace = traces(Member.TOKEN).at("/items/0");

        assertThat(trace.path("call").asString()).isEqualTo("send");
        assertThat(trace.path("attempt").asInt()).isEqualTo(1);
        assertThat(trace.path("interaction").asString()).isEqualTo(interaction);
        assertThat(trace.path("send").asString()).isNotEmpty();
        assertThat(trace.path("plugin").asString()).isEqualTo("pager-plugin 1.0.0");
        assertThat(trace.path("path").asString()).isEqualTo("/v1/*/pages?key=*");
        assertThat(trace.path("status").asInt()).isEqualTo(400);
        assertThat(trace.path("outcome").asString()).isEqualTo("answered");
        assertThat(trace.at("/request/body")).hasToString("{\"to\":\"*\",\"text\":\"*\"}");
        assertThat(trace.at("/response/body"))
                .hasToString(
                        "{\"code\":4711,\"message\":\"The pager * is full, and cannot take *\"}");
        assertThat(trace.toString())
                .doesNotContain("ada", "It is", "Bearer", Member.KEY, "127.0.0.1:");
    }

    @Test
    @DisplayName("is shown to who may see the account, by filter and page by page")
    void whoSees() {
        String here = token("shop");
        String elsewhere = token("store");
        assertThat(traces(here).path("items")).hasSize(1);
        assertThat(
                        send(elsewhere, "GET", "/v1/interactions/" + interaction + "/traces", "")
                                .statusCode())
                .isEqualTo(404);
        assertThat(got(elsewhere, "/admin/v1/traces").path("items")).isEmpty();
        assertThat(send(elsewhere, "GET", "/admin/v1/traces?account=shop", "").statusCode())
                .isEqualTo(404);
        assertThat(send(here, "GET", "/v1/interactions/none/traces", "").statusCode())
                .isEqualTo(404);

        JsonNode all = got(here, "/admin/v1/traces?failed=true&limit=1&interaction=" + interaction);
        assertThat(all.path("items")).hasSize(1);
        assertThat(
                        got(here, "/admin/v1/traces?before=" + all.path("next").asString())
                                .path("items"))
                .isEmpty();
    }

    @Test
    @DisplayName("is listed on the command line")
    void commandLine() {
        String listed = member.run("traces", "--account", "shop", "--failed").out();

        assertThat(listed).contains("POST 127.0.0.1/v1/*/pages?key=*", "400", interaction);
        assertThat(member.run("traces", "--account", "store").out()).contains("No traces.");
        assertThat(
                        member.run("traces", "--interaction", interaction, "--json")
                                .json()
                                .path("items"))
                .hasSize(1);
    }

    private static JsonNode traces(String token) {
        return got(token, "/v1/interactions/" + interaction + "/traces");
    }

    private static String token(String account) {
        return read(send(
                        Member.TOKEN,
                        "POST",
                        "/admin/v1/tokens",
                        ("{\"name\":\"t\",\"scopes\":[\"interactions:read\",\"admin:read\"],"
                                        + "\"accounts\":[\"%s\"]}")
                                .formatted(account)))
                .path("token")
                .asString();
    }

    private static JsonNode got(String token, String path) {
        HttpResponse<String> answer = send(token, "GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<String> send(
            String token, String method, String path, String body) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(member.url().resolve(path))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
