package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tributary.host.configuration.Configuration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

@DisplayName("a running member keeps openapi.yaml")
@Timeout(120)
final class ContractTest {

    private static final String TOKEN = "trb_contract_0123456789";
    private static final String NOBODY = "018f3c52-7a10-7c00-8000-000000000000";

    @TempDir Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private Node node = null;
    private JsonNode contract = json.createObjectNode();

    @BeforeEach
    void start() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Map<String, String> environment =
                Map.of(
                        "TRIBUTARY_ADMIN_TOKEN",
                        TOKEN,
                        "TRIBUTARY_HTTP_PORT",
                        "0",
                        "TRIBUTARY_EGRESS_ALLOW",
                        "127.0.0.2",
                        "TRIBUTARY_DATA",
                        folder.resolve("data").toString(),
                        "TRIBUTARY_PLUGINS_FOLDER",
                        plugins.toString());
        node = Node.start(Configuration.load(null, environment), environment);
        contract = new YAMLMapper().readTree(send("GET", "/openapi.yaml", null, null).body());
    }

    @AfterEach
    void stop() {
        node.close();
        http.shutdownNow();
    }

    @Test
    @DisplayName("every operation is there, and those with a token refuse who has none")
    void everyOperationIsServed() {
        Map<String, Integer> answers = new TreeMap<>();
        operations((operation, rule) -> {
            String[] words = operation.split(" ", 2);
            int status = send(words[0], filled(words[1]), null, "{}").statusCode();
            boolean open = rule.path("security").isArray() && rule.path("security").isEmpty();
            if (open ? status == 405 || status >= 500 : status != 401) {
                answers.put(operation, status);
            }
        });

        assertThat(answers).isEmpty();
        assertThat(contract.path("paths").size()).isGreaterThan(30);
    }

    @Test
    @DisplayName("nothing is served below /v1 and /admin that the contract does not name")
    void nothingElseIsServed() {
        assertThat(send("GET", "/v1/nothing", TOKEN, null).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/v1/conversations", TOKEN, null).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/interactions, InteractionPage",
        "/v1/interactions?last=5, InteractionPage",
        "/v1/conversations, ConversationPage",
        "/v1/customers, CustomerPage",
        "/admin/v1/plugins, PluginList",
        "/admin/v1/insights, InsightList",
        "/admin/v1/traces, TracePage",
        "/admin/v1/webhooks, WebhookList",
        "/health/ready, HealthReport",
        "/health/live, HealthReport"
    })
    @DisplayName("answers have the form that the contract gives them")
    void answersFit(String path, String schema) {
        HttpResponse<String> answer = send("GET", path, TOKEN, null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(schema(schema).validate(json.readTree(answer.body()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/interactions?after=elsewhere, , 400, bad-cursor",
        "GET, /v1/interactions?after=, , 400, bad-cursor",
        "GET, /v1/stream?after=, , 400, bad-cursor",
        "GET, /v1/interactions?limit=many, , 400, malformed",
        "GET, /v1/interactions?colour=red, , 400, malformed",
        "GET, /v1/stream?signals=true&type=text, , 400, malformed",
        "GET, /v1/stream?signals=true&conversation=018f3c52-7a10-7c00-8000-000000000000, , 404, not-found",
        "GET, /v1/conversations/018f3c52-7a10-7c00-8000-000000000000, , 404, not-found",
        "GET, /v1/conversations/one, , 404, not-found",
        "POST, /v1/conversations/018f3c52-7a10-7c00-8000-000000000000/interactions, '{\"parts\":[{\"type\":\"text\",\"text\":\"x\"}]}', 404, not-found",
        "POST, /v1/conversations, '{}', 422, invalid",
        "POST, /v1/conversations, '[', 400, malformed",
        "PUT, /admin/v1/accounts/shop, '{\"channel\":\"none\"}', 422, invalid",
        "PUT, /admin/v1/accounts/Shop!, '{\"channel\":\"none\"}', 422, invalid",
        "POST, /admin/v1/tokens, '{\"name\":\"x\",\"scopes\":[\"all\"]}', 422, invalid",
        "POST, /admin/v1/webhooks, '{\"name\":\"x\",\"url\":\"https://127.0.0.1/\"}', 422, invalid",
        "POST, /admin/v1/webhooks, '{\"name\":\"x\",\"url\":\"https://a.example\",\"filter\":{\"colour\":\"red\"}}', 422, invalid",
        "POST, /admin/v1/webhooks/018f3c52-7a10-7c00-8000-000000000000/redeliver, '{}', 404, not-found",
        "POST, /admin/v1/dead-letters/7/replay, '{}', 404, not-found"
    })
    @DisplayName("refusals are problems whose type is a page that the member serves")
    void refusalsAreProblems(String method, String path, String body, int status, String slug) {
        HttpResponse<String> answer = send(method, path, TOKEN, body);
        JsonNode problem = json.readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(schema("Problem").validate(problem)).isEmpty();
        assertThat(problem.path("type").asString()).endsWith("/problems/" + slug);
        assertThat(send("GET", "/problems/" + slug, null, null).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "a token is shown once, lists carry no secret, and a revoked one is refused at once")
    void tokens() {
        JsonNode made =
                json.readTree(
                        send(
                                        "POST",
                                        "/admin/v1/tokens",
                                        TOKEN,
                                        "{\"name\":\"desk\",\"scopes\":[\"interactions:read\"]}")
                                .body());
        String secret = made.path("token").asString();

        assertThat(schema("NewToken").validate(made)).isEmpty();
        assertThat(send("GET", "/v1/conversations", secret, null).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/admin/v1/tokens", secret, null).statusCode()).isEqualTo(403);
        assertThat(send("GET", "/admin/v1/tokens", TOKEN, null).body()).doesNotContain(secret);
        assertThat(
                        send(
                                        "DELETE",
                                        "/admin/v1/tokens/" + made.path("id").asString(),
                                        TOKEN,
                                        null)
                                .statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/v1/conversations", secret, null).statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("a webhook shows its secret once, and nothing of it later")
    void webhooks() {
        String url = "http://127.0.0.2:9/hook";
        HttpResponse<String> answer =
                send(
                        "POST",
                        "/admin/v1/webhooks",
                        TOKEN,
                        "{\"name\":\"app\",\"url\":\""
                                + url
                                + "\",\"filter\":{\"type\":[\"text\"],\"channel\":\"a\"}}");
        JsonNode made = json.readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(schema("NewWebhook").validate(made)).isEmpty();
        String path = "/admin/v1/webhooks/" + made.path("id").asString();
        JsonNode shown = json.readTree(send("GET", path, TOKEN, null).body());
        assertThat(schema("Webhook").validate(shown)).isEmpty();
        assertThat(shown.has("secret")).isFalse();
        JsonNode changed = json.readTree(send("PUT", path, TOKEN, "{\"state\":\"paused\"}").body());
        assertThat(schema("Webhook").validate(changed)).isEmpty();
        assertThat(changed.path("state").asString()).isEqualTo("paused");
        assertThat(changed.path("name")).isEqualTo(made.path("name"));
        assertThat(changed.path("url")).isEqualTo(made.path("url"));
        assertThat(changed.path("filter")).isEqualTo(made.path("filter"));
        JsonNode all = json.readTree(send("PUT", path, TOKEN, "{\"filter\":{}}").body());
        assertThat(all.path("filter").isEmpty()).isTrue();
        assertThat(all.path("state").asString()).isEqualTo("paused");
        assertThat(send("PUT", path, TOKEN, "{\"name\":\" \"}").statusCode()).isEqualTo(422);
        assertThat(send("DELETE", path, TOKEN, null).statusCode()).isEqualTo(204);
    }

    @Test
    @DisplayName("the metrics hold a series of the HTTP server and of the log")
    void metrics() {
        assertThat(send("GET", "/metrics", TOKEN, null).body())
                .contains("tributary_log_head")
                .contains("tributary_http_");
    }

    private void operations(BiConsumer<String, JsonNode> each) {
        contract.path("paths")
                .forEachEntry((path, methods) ->
                        methods.forEachEntry((method, rule) ->
                                each.accept(method.toUpperCase(Locale.ROOT) + " " + path, rule)));
    }

    private static String filled(String path) {
        return path.replace("{id}", NOBODY)
                .replace("{account}", "nobody")
                .replace("{action}", "nothing")
                .replace("{slug}", "not-found");
    }

    private Schema schema(String name) {
        ObjectNode root = json.createObjectNode();
        root.put("$ref", "#/components/schemas/" + name);
        root.set("components", contract.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
    }

    private HttpResponse<String> send(String method, String path, String token, String body) {
        try {
            URI target = URI.create(node.url() + path);
            HttpRequest.Builder request = HttpRequest.newBuilder(target);
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            if (body != null && !method.equals("GET") && !method.equals("DELETE")) {
                request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
            } else {
                request.method(method, BodyPublishers.noBody());
            }
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
