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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("Over HTTP, a token opens what it is for and no more:")
final class LimitedTokensTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path folder = Path.of("");

    private static Member member;

    @BeforeAll
    static void start() throws Exception {
        member = Member.start(folder);
        member.connect("shop");
        member.connect("store");
    }

    @AfterAll
    static void stop() {
        member.close();
        HTTP.shutdownNow();
    }

    @Test
    @DisplayName("one that is limited to accounts makes tokens for these and for no others")
    void noWayOut() {
        String limited = token("\"admin:*\"", "\"shop\"");

        JsonNode unsaid = read(make(limited, "\"interactions:read\"", ""));
        assertThat(unsaid.path("accounts")).hasToString("[\"shop\"]");
        assertThat(make(limited, "\"admin:write\"", "\"shop\"").statusCode()).isEqualTo(201);
        for (String beyond : new String[] {"\"store\"", "\"shop\",\"store\"", "\"nowhere\""}) {
            HttpResponse<String> refused = make(limited, "\"admin:write\"", beyond);
            assertThat(refused.statusCode()).as(beyond).isEqualTo(422);
            assertThat(read(refused).at("/errors/0/pointer").asString()).isEqualTo("/accounts");
        }
    }

    @Test
    @DisplayName("one that is limited to accounts neither sees nor revokes tokens beyond them")
    void othersTokens() {
        String limited = token("\"admin:*\"", "\"shop\"");
        String unlimited = read(make(Member.TOKEN, "\"admin:write\"", "")).path("id").asString();
        String elsewhere =
                read(make(Member.TOKEN, "\"admin:write\"", "\"store\"")).path("id").asString();

        assertThat(send(limited, "GET", "/admin/v1/tokens", "").body())
                .doesNotContain(unlimited, elsewhere);
        for (String id : new String[] {unlimited, elsewhere}) {
            assertThat(send(limited, "DELETE", "/admin/v1/tokens/" + id, "").statusCode())
                    .isEqualTo(404);
            assertThat(send(Member.TOKEN, "DELETE", "/admin/v1/tokens/" + id, "").statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    @DisplayName("audit and backup concern all accounts, so they are not for limited ones")
    void concernsAll() {
        String limited = token("\"admin:*\"", "\"shop\"");
        String backup = "{\"file\":\"" + folder.resolve("limited.db") + "\"}";

        assertThat(send(limited, "GET", "/admin/v1/audit", "").statusCode()).isEqualTo(403);
        assertThat(send(limited, "POST", "/admin/v1/backup", backup).statusCode()).isEqualTo(403);
        assertThat(folder.resolve("limited.db")).doesNotExist();

        assertThat(send(Member.TOKEN, "GET", "/admin/v1/audit", "").statusCode()).isEqualTo(200);
        assertThat(send(Member.TOKEN, "POST", "/admin/v1/backup", backup).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("whether an account is enabled is told by true and false, and by no other word")
    void enabled() {
        String account = "{\"channel\":\"pager\",\"secrets\":{\"key\":\"" + Member.KEY + "\"},";

        HttpResponse<String> refused =
                send(
                        Member.TOKEN,
                        "PUT",
                        "/admin/v1/accounts/quiet",
                        account + "\"enabled\":\"no\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(read(refused).at("/errors/0/pointer").asString()).isEqualTo("/enabled");
        assertThat(send(Member.TOKEN, "GET", "/admin/v1/accounts/quiet", "").statusCode())
                .isEqualTo(404);
        JsonNode off =
                read(
                        send(
                                Member.TOKEN,
                                "PUT",
                                "/admin/v1/accounts/quiet",
                                account + "\"enabled\":false}"));
        assertThat(off.path("enabled").isBoolean()).isTrue();
        assertThat(off.path("enabled").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("media are kept for accounts that there are")
    void mediaOfNobody() {
        HttpResponse<String> refused =
                send(Member.TOKEN, "POST", "/v1/media?account=nobody", "\"bytes\"");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(read(refused).path("type").asString()).isEqualTo("/problems/not-found");

        String limited = token("\"interactions:write\"", "\"shop\"");
        assertThat(send(limited, "POST", "/v1/media?account=store", "\"bytes\"").statusCode())
                .isEqualTo(404);
        assertThat(send(limited, "POST", "/v1/media?account=shop", "\"bytes\"").statusCode())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("a draft shows no file of an account that the token is not for, nor is it told of")
    void filesOfOthers() {
        member.page("shop", "f-1", "grace", "may I see it?");
        String limited = token("\"interactions:read\",\"interactions:write\"", "\"shop\"");
        String conversation =
                "/v1/conversations/"
                        + read(send(limited, "GET", "/v1/conversations?limit=1", ""))
                                .at("/items/0/id")
                                .asString();
        String theirs = withFile("store");
        String own = withFile("shop");
        String first = "{\"account\":\"shop\",\"address\":\"eve\"," + theirs.substring(1);

        assertThat(code(send(limited, "POST", conversation + "/preview", theirs), "/problem"))
                .isEqualTo("media-missing");
        assertThat(code(send(limited, "POST", conversation + "/interactions", theirs), ""))
                .isEqualTo("media-missing");
        assertThat(code(send(limited, "POST", "/v1/conversations/preview", first), "/problem"))
                .isEqualTo("media-missing");
        assertThat(code(send(limited, "POST", "/v1/conversations", first), ""))
                .isEqualTo("media-missing");
        // the pager carries no files, which is said of those that are there
        assertThat(code(send(limited, "POST", conversation + "/preview", own), "/problem"))
                .isEqualTo("not-carried");
        assertThat(code(send(Member.TOKEN, "POST", conversation + "/preview", theirs), "/problem"))
                .isEqualTo("not-carried");
    }

    /// A draft with a file that was uploaded for an account.
    private static String withFile(String account) {
        String id =
                read(send(Member.TOKEN, "POST", "/v1/media?account=" + account, "\"bytes\""))
                        .path("id")
                        .asString();
        return "{\"parts\":[{\"type\":\"media\",\"kind\":\"file\",\"state\":\"stored\",\"id\":\""
                + id
                + "\",\"mediaType\":\"application/json\"}]}";
    }

    private static String code(HttpResponse<String> answer, String problem) {
        return read(answer).at(problem + "/errors/0/code").asString();
    }

    @Test
    @DisplayName("who may read customers, but no interactions, sees no timeline")
    void timeline() {
        member.page("shop", "t-1", "ada", "between us");
        String customers = token("\"customers:read\"", "");
        String both = token("\"customers:read\",\"interactions:read\"", "");
        String path =
                "/v1/customers/"
                        + read(send(customers, "GET", "/v1/customers?limit=1", ""))
                                .at("/items/0/id")
                                .asString()
                        + "/timeline";

        HttpResponse<String> refused = send(customers, "GET", path, "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("interactions:read").doesNotContain("between us");

        HttpResponse<String> shown = send(both, "GET", path, "");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("between us");
    }

    /// @param scopes and `accounts` as they stand in a list of JSON
    private static String token(String scopes, String accounts) {
        return read(make(Member.TOKEN, scopes, accounts)).path("token").asString();
    }

    private static HttpResponse<String> make(String by, String scopes, String accounts) {
        return send(
                by,
                "POST",
                "/admin/v1/tokens",
                "{\"name\":\"t\",\"scopes\":[" + scopes + "],\"accounts\":[" + accounts + "]}");
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(
            String token, String method, String path, String body) {
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
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
