package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.access.Scope;
import io.tributary.model.Bytes;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The server")
final class HttpDoorTest {

    private final TestDoor server =
            new TestDoor(settings -> settings.origins(Set.of("https://desk.example.com")));

    @BeforeEach
    void serve() {
        server.door
                .add("GET", "/v1/things/{id}", Scope.INTERACTIONS_READ, 0, HttpDoorTest::echo)
                .add(
                        "POST",
                        "/v1/things/{id}/parts",
                        Scope.INTERACTIONS_WRITE,
                        64,
                        HttpDoorTest::echo)
                .add("GET", "/v1/read", Scope.INTERACTIONS_READ, 0, HttpDoorTest::echo)
                .open("GET", "/v1/open", _ -> Answer.nothing())
                .open(
                        "GET",
                        "/v1/broken",
                        _ -> {
                            throw new IllegalStateException("secret inside");
                        })
                .open(
                        "GET",
                        "/v1/refused",
                        _ -> {
                            throw new Problem(ProblemType.INVALID, "no")
                                    .with(
                                            "errors",
                                            List.of(Map.of("pointer", "/a", "detail", "wrong")));
                        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Answer echo(Request request) {
        String text =
                request.method()
                        + " "
                        + request.path()
                        + " "
                        + request.query()
                        + " "
                        + request.body().utf8()
                        + " "
                        + request.principal().id()
                        + " "
                        + request.header("x-test");
        return new Answer.Whole(200, "text/plain", Bytes.utf8(text), Map.of("X-Own", "yes"));
    }

    @Test
    @DisplayName("hands an endpoint what was sent, and sends what it answers")
    void answers() {
        var answer =
                server.send(
                        server.as(KnownTokens.READER, "/v1/things/a%20b%2Fc?x=1&x=2&y=%C3%A4+")
                                .header("X-Test", "t"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("GET {id=a b/c} {x=[1, 2], y=[ä ]}  reader t");
        assertThat(answer.headers().firstValue("X-Own")).contains("yes");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("traceparent").orElseThrow())
                .hasSize(55)
                .startsWith("00-");
    }

    @Test
    @DisplayName("keeps the trace that it is given")
    void keepsTheTrace() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        var answer = server.send(server.to("/v1/nothing").header("traceparent", trace));

        assertThat(answer.headers().firstValue("traceparent")).contains(trace);
        assertThat(json(answer).get("trace").asString())
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    @DisplayName("answers HEAD like GET without the body")
    void head() {
        var answer =
                server.send(
                        server.as(KnownTokens.READER, "/v1/read")
                                .method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    @DisplayName("lets nobody in without a token, with a wrong one, or without the scope")
    void guardsRoutes() {
        var without = server.get("/v1/read");
        problem(without, 401, "unauthenticated");
        assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        problem(server.send(server.as("trb_wrong", "/v1/read")), 401, "unauthenticated");
        problem(
                server.send(server.to("/v1/read").header("Authorization", "Basic dTpw")),
                401,
                "unauthenticated");
        var forbidden =
                server.send(
                        server.as(KnownTokens.READER, "/v1/things/1/parts")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")));
        problem(forbidden, 403, "forbidden");
        assertThat(json(forbidden).get("detail").asString()).contains("interactions:write");
    }

    @Test
    @DisplayName("tells what is not there from what takes other methods")
    void notFoundAndOtherMethods() {
        problem(server.get("/v1/nothing"), 404, "not-found");
        problem(server.get("/v1/things/"), 404, "not-found");
        var other = server.send(server.to("/v1/open").DELETE());
        problem(other, 405, "method-not-allowed");
        assertThat(other.headers().firstValue("Allow")).contains("GET, HEAD");
        problem(
                server.send(server.to("/v1/open").method("BREW", BodyPublishers.noBody())),
                405,
                "method-not-allowed");
    }

    @Test
    @DisplayName("refuses bodies that are too large, of a wrong type, compressed, or not wanted")
    void refusesBodies() {
        problem(post("application/json", "x".repeat(65)), 413, "too-large");
        var wrong = post("text/plain", "{}");
        problem(wrong, 415, "wrong-type");
        assertThat(json(wrong).get("accepts").toString()).isEqualTo("[\"application/json\"]");
        problem(
                server.send(
                        parts("application/json")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofString("{}"))),
                415,
                "wrong-type");
        problem(
                server.send(
                        server.as(KnownTokens.READER, "/v1/read")
                                .method("GET", BodyPublishers.ofString("{}"))),
                413,
                "too-large");
        assertThat(post("Application/JSON; charset=utf-8", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("counts a body without announced length, too")
    void countsChunks() {
        var stream =
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[100]));

        problem(server.send(parts("application/json").POST(stream)), 413, "too-large");
    }

    @Test
    @DisplayName("refuses a path or query that cannot be read")
    void unreadable() throws Exception {
        assertThat(
                        server.raw(
                                "GET /v1/things/%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(
                        server.raw(
                                "GET /v1/things/%00 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(
                        server.raw(
                                "GET http://evil/v1/open HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 ");
        problem(server.send(server.as(KnownTokens.READER, "/v1/read?a=%C3")), 400, "malformed");
    }

    @Test
    @DisplayName("shows nothing of what an endpoint threw, and everything of a problem")
    void failures() {
        var broken = server.get("/v1/broken");
        problem(broken, 500, "internal");
        assertThat(broken.body()).doesNotContain("secret");
        var refused = server.get("/v1/refused");
        problem(refused, 422, "invalid");
        assertThat(json(refused).at("/errors/0/pointer").asString()).isEqualTo("/a");
    }

    @Test
    @DisplayName("serves a page for every problem")
    void pages() {
        for (ProblemType type : ProblemType.values()) {
            var page = server.get("/problems/" + type.slug());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type"))
                    .contains("text/html; charset=utf-8");
            assertThat(page.body())
                    .contains("<h1>" + type.title().replace("<", "&lt;"))
                    .contains("lang=\"en\"");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("'sha256-");
        }
        problem(server.get("/problems/none"), 404, "not-found");
        assertThat(server.get("/problems").body()).contains("/problems/too-large");
    }

    @Test
    @DisplayName("tells whether it is alive and whether it can serve")
    void health() {
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);

        server.checks = List.of(new Readiness.Check("journal", false, "the disk is full"));

        var down = server.get("/health/ready");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(json(down).at("/checks/0/text").asString()).isEqualTo("the disk is full");
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("shows its metrics to operators: requests by route, never by path")
    void metrics() {
        server.send(server.as(KnownTokens.READER, "/v1/things/private-id"));

        problem(server.get("/metrics"), 401, "unauthenticated");
        var scrape = server.send(server.as(KnownTokens.OPERATOR, "/metrics")).body();
        assertThat(scrape)
                .contains(
                        "tributary_http_requests_seconds_count{method=\"GET\",route=\"/v1/things/{id}\",status=\"200\"} 1");
        assertThat(scrape).doesNotContain("private-id").contains("tributary_http_connections");
    }

    @Test
    @DisplayName("serves the contracts")
    void contracts() {
        assertThat(server.get("/openapi.yaml").body()).startsWith("openapi: 3.1");
        assertThat(server.get("/asyncapi.yaml").body()).startsWith("asyncapi: 3");
    }

    @Test
    @DisplayName("lets only named origins use the APIs from a browser")
    void origins() {
        var known = server.send(asked("https://desk.example.com"));
        assertThat(known.statusCode()).isEqualTo(204);
        assertThat(known.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://desk.example.com");
        assertThat(known.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization");

        var unknown = server.send(asked("https://evil.example.com"));
        assertThat(unknown.statusCode()).isEqualTo(405);
        assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @DisplayName("serves nothing that needs a token on the pages' port")
    void pagesPort() {
        var pages =
                HttpRequest.newBuilder(java.net.URI.create(server.addresses().pages() + "/v1/read"))
                        .header("Authorization", "Bearer " + KnownTokens.OPERATOR);

        problem(server.send(pages), 404, "not-found");
        assertThatThrownBy(() ->
                        server.door
                                .pages()
                                .add("GET", "/x", Scope.ADMIN_READ, 0, _ -> Answer.nothing()))
                .hasMessageContaining("never valid on the pages' port");
    }

    private HttpRequest.Builder asked(String origin) {
        return server.to("/v1/read")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody());
    }

    private HttpRequest.Builder parts(String type) {
        return server.as(KnownTokens.OPERATOR, "/v1/things/1/parts").header("Content-Type", type);
    }

    private HttpResponse<String> post(String type, String body) {
        return server.send(parts(type).POST(BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static void problem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(json(answer).get("type").asString()).isEqualTo("/problems/" + slug);
        assertThat(json(answer).get("status").asInt()).isEqualTo(status);
        assertThat(json(answer).get("title").asString()).isNotEmpty();
    }
}
