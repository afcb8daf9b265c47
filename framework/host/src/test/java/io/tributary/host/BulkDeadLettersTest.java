package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

@DisplayName("a request about many dead letters")
final class BulkDeadLettersTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String REPLAY = "/admin/v1/dead-letters/replay";
    private static final String DROP = "/admin/v1/dead-letters/drop";

    @TempDir static Path folder = Path.of("");

    private static Member member;

    @BeforeAll
    static void start() throws Exception {
        member = Member.start(folder);
    }

    @AfterAll
    static void stop() {
        member.close();
        HTTP.shutdownNow();
    }

    @Test
    @DisplayName("is answered again as it was the first time under its Idempotency-Key")
    void isAnsweredAgain() {
        member.connect("again");
        broken("again", 1);
        String body = "{\"account\":\"again\",\"direction\":\"inbound\"}";

        HttpResponse<String> first = replay(Member.TOKEN, "once", body);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(read(first).path("matched").asInt()).isEqualTo(1);
        assertThat(read(first).at("/failures/0/detail").asString()).contains("Malformed");
        broken("again", 1);

        assertThat(replay(Member.TOKEN, "once", body).body()).isEqualTo(first.body());
        assertThat(read(replay(Member.TOKEN, "twice", body)).path("matched").asInt()).isEqualTo(2);
        HttpResponse<String> other = replay(Member.TOKEN, "once", "{\"account\":\"again\"}");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(read(other).path("type").asString()).isEqualTo("/problems/key-reused");
        assertThat(audited("again")).isEqualTo(2);
    }

    @Test
    @DisplayName("goes on where it stopped")
    void goesOn() {
        member.connect("paged");
        broken("paged", 3);

        JsonNode first = read(replay(Member.TOKEN, "", "{\"account\":\"paged\",\"limit\":2}"));
        assertThat(first.path("failed").asInt()).isEqualTo(2);
        JsonNode rest =
                read(
                        replay(
                                Member.TOKEN,
                                "",
                                "{\"account\":\"paged\",\"limit\":2,\"after\":\"%s\"}"
                                        .formatted(first.path("next").asString())));
        assertThat(rest.path("failed").asInt()).isEqualTo(1);
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    @DisplayName("is about the accounts of its token, and of the channel that it names")
    void accounts() {
        member.connect("ours");
        member.connect("theirs");
        broken("ours", 1);
        broken("theirs", 1);
        String limited = limited("ours");

        assertThat(read(replay(limited, "", "{}")).path("matched").asInt()).isEqualTo(1);
        assertThat(read(replay(limited, "", "{\"channel\":\"pager\"}")).path("matched").asInt())
                .isEqualTo(1);
        assertThat(read(replay(limited, "", "{\"channel\":\"telex\"}")).path("matched").asInt())
                .isZero();
        assertThat(replay(limited, "", "{\"account\":\"theirs\"}").statusCode()).isEqualTo(404);
        JsonNode list = read(send(limited, "GET", "/admin/v1/dead-letters", "", ""));
        assertThat(list.path("open").asInt()).isEqualTo(1);
        assertThat(list.path("items")).hasSize(1);
    }

    @Test
    @DisplayName("replays those of both directions once their cause is gone, and counts them")
    void bothDirections() {
        account("both", "{\"jammed\":true}");
        member.page("both", "b-1", "ada", "Is my bike ready?");
        String conversation =
                await().until(
                                () ->
                                        read(send(
                                                        Member.TOKEN,
                                                        "GET",
                                                        "/v1/conversations?account=both",
                                                        "",
                                                        ""))
                                                .at("/items/0/id")
                                                .asString(""),
                                id -> !id.isEmpty());
        String reply = "{\"parts\":[{\"type\":\"text\",\"text\":\"It is.\"}]}";
        String path = "/v1/conversations/" + conversation + "/interactions";
        assertThat(send(Member.TOKEN, "POST", path, "", reply).statusCode()).isEqualTo(202);
        await().until(() -> open("both") == 1);
        broken("both", 2);
        account("both", "{\"stranger\":\"bob\"}");

        JsonNode report = read(replay(Member.TOKEN, "", "{\"account\":\"both\"}"));

        assertThat(report.path("matched").asInt()).isEqualTo(3);
        assertThat(report.path("replayed").asInt()).isEqualTo(3);
        assertThat(report.path("interactions").asInt()).isEqualTo(3);
        assertThat(report.path("failed").asInt()).isZero();
        assertThat(report.path("failures")).isEmpty();
        assertThat(report.has("next")).isFalse();
        assertThat(open("both")).isZero();
        JsonNode again = read(send(Member.TOKEN, "GET", path, "", ""));
        assertThat(
                        again.path("items")
                                .valueStream()
                                .filter(each -> each.at("/data/replayed").asBoolean())
                                .map(each -> each.at("/data/direction").asString()))
                .containsExactly("outbound");
    }

    private static void account(String id, String config) {
        String body =
                "{\"channel\":\"pager\",\"config\":%s,\"secrets\":{\"key\":\"%s\"}}"
                        .formatted(config, Member.KEY);
        int status = send(Member.TOKEN, "PUT", "/admin/v1/accounts/" + id, "", body).statusCode();
        assertThat(status).isBetween(200, 201);
    }

    @Test
    @DisplayName("drops those that nobody wants any more, once, and only those of its token")
    void drops() {
        member.connect("unwanted");
        member.connect("wanted");
        broken("unwanted", 2);
        broken("wanted", 1);
        String body = "{\"account\":\"unwanted\"}";

        HttpResponse<String> first = send(Member.TOKEN, "POST", DROP, "drop-once", body);
        assertThat(read(first).path("dropped").asInt()).isEqualTo(2);
        assertThat(open("unwanted")).isZero();
        assertThat(open("wanted")).isEqualTo(1);
        member.broken("unwanted", "unwanted-late");
        await().until(() -> open("unwanted") == 1);
        assertThat(send(Member.TOKEN, "POST", DROP, "drop-once", body).body())
                .isEqualTo(first.body());
        assertThat(open("unwanted")).isEqualTo(1);
        String id = letters("wanted").at("/items/0/id").asString();
        String one = "/admin/v1/dead-letters/" + id + "/drop";
        assertThat(send(limited("unwanted"), "POST", one, "", "{}").statusCode()).isEqualTo(404);
        JsonNode dropped = read(send(Member.TOKEN, "POST", one, "", "{}"));
        assertThat(dropped.path("state").asString()).isEqualTo("dropped");
        assertThat(send(Member.TOKEN, "POST", one, "", "{}").statusCode()).isEqualTo(409);
        String still = "/admin/v1/dead-letters/" + id + "/replay";
        assertThat(send(Member.TOKEN, "POST", still, "", "{}").statusCode()).isEqualTo(409);
        assertThat(
                        read(send(Member.TOKEN, "GET", "/admin/v1/audit?limit=1000", "", ""))
                                .path("items")
                                .valueStream()
                                .map(each -> each.path("action").asString())
                                .filter(action -> action.startsWith("dead-letter"))
                                .filter(action -> action.endsWith(".drop")))
                .contains("dead-letters.drop", "dead-letter.drop");
    }

    @Test
    @DisplayName("is refused a zero character, which no text of ours holds")
    void zeroCharacters() {
        HttpResponse<String> refused = replay(Member.TOKEN, "", "{\"kind\":\"pa\\u0000ge\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(read(refused).at("/errors/0/pointer").asString()).isEqualTo("/kind");
    }

    private static void broken(String account, int count) {
        long before = open(account);
        for (int i = 0; i < count; i++) {
            member.broken(account, account + "-" + before + "-" + i);
        }
        await().until(() -> open(account) == before + count);
    }

    private static long open(String account) {
        return letters(account).path("matching").asLong();
    }

    private static JsonNode letters(String account) {
        String path = "/admin/v1/dead-letters?limit=1&account=" + account;
        return read(send(Member.TOKEN, "GET", path, "", ""));
    }

    private static String limited(String account) {
        String wanted =
                "{\"name\":\"t\",\"scopes\":[\"admin:*\"],\"accounts\":[\"%s\"]}"
                        .formatted(account);
        return read(send(Member.TOKEN, "POST", "/admin/v1/tokens", "", wanted))
                .path("token")
                .asString();
    }

    /// How many bulk replays of the account the audit knows.
    private static long audited(String account) {
        return read(send(Member.TOKEN, "GET", "/admin/v1/audit?limit=1000", "", ""))
                .path("items")
                .valueStream()
                .filter(each -> each.path("action").asString().equals("dead-letters.replay"))
                .filter(each -> each.path("target").asString().contains(account))
                .count();
    }

    private static HttpResponse<String> replay(String token, String key, String body) {
        return send(token, "POST", REPLAY, key, body);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(
            String token, String method, String path, String key, String body) {
        var request =
                HttpRequest.newBuilder(member.url().resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
