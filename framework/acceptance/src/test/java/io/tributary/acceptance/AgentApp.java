package io.tributary.acceptance;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an agent's app does with a member's interface.
record AgentApp(URI member, HttpClient http) {

    private static final JsonMapper JSON = new JsonMapper();

    static AgentApp of(Member member) throws Exception {
        return new AgentApp(member.url(), HttpClient.newHttpClient());
    }

    /// The conversation in which somebody has said this.
    String conversationWith(String text) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            for (var each : interactions()) {
                                if (each.path("fallbackText").asString("").equals(text)) {
                                    return each.path("conversationId").asString("");
                                }
                            }
                            return "";
                        },
                        id -> !id.isEmpty());
    }

    /// @param parts as JSON
    void reply(String conversation, String parts) throws Exception {
        post("/v1/conversations/" + conversation + "/interactions", reply(parts));
    }

    void say(String conversation, String text) throws Exception {
        reply(conversation, "{\"type\":\"text\",\"text\":" + JSON.writeValueAsString(text) + "}");
    }

    private static String reply(String parts) {
        return "{\"agent\":{\"id\":\"a-7\",\"name\":\"Maria\"},\"parts\":[" + parts + "]}";
    }

    void signal(String conversation, String kind) throws Exception {
        post("/v1/conversations/" + conversation + "/signals", "{\"kind\":\"" + kind + "\"}");
    }

    /// @return its id
    String upload(String name, String type, byte[] file) throws Exception {
        return upload("web", name, type, file);
    }

    /// @return its id
    String upload(String account, String name, String type, byte[] file) throws Exception {
        var request =
                request("/v1/media?account=" + account + "&name=" + name)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(file))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body()).path("id").asString("");
    }

    /// All there is, oldest first.
    List<JsonNode> interactions() throws Exception {
        var all = new ArrayList<JsonNode>();
        var after = "";
        while (true) {
            var page = get("/v1/interactions?limit=500" + after);
            page.path("items").forEach(event -> all.add(event.path("data")));
            if (page.path("items").size() < 500) {
                return all;
            }
            after = "&after=" + page.path("next").asString("");
        }
    }

    /// What customers said, in order.
    List<String> said() throws Exception {
        return interactions().stream()
                .filter(each -> each.path("direction").asString("").equals("inbound"))
                .filter(each -> !type(each).equals("receipt"))
                .map(each -> each.path("fallbackText").asString(""))
                .toList();
    }

    /// What customers wrote, in order, as it was stored.
    List<String> texts() throws Exception {
        return interactions().stream()
                .filter(each -> each.path("direction").asString("").equals("inbound"))
                .filter(each -> type(each).equals("text"))
                .map(each -> each.path("parts").path(0).path("text").asString(""))
                .toList();
    }

    static String type(JsonNode interaction) {
        return interaction.path("parts").path(0).path("type").asString("");
    }

    JsonNode get(String path) throws Exception {
        return JSON.readTree(http.send(request(path).build(), BodyHandlers.ofString()).body());
    }

    private void post(String path, String body) throws Exception {
        var request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(member.resolve(path))
                .header("Authorization", "Bearer " + Member.TOKEN);
    }
}
