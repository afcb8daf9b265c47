package io.tributary.telegram.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whether the simulator keeps Telegram's rules.
class TelegramSimulatorTest {

    private static final String TOKEN = "1000000001:simulated-bot-token";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private TelegramSimulator telegram;

    @BeforeEach
    void start() throws Exception {
        telegram = TelegramSimulator.start(0, TOKEN);
    }

    @AfterEach
    void close() {
        telegram.close();
        client.shutdownNow();
    }

    private JsonNode call(String method, String parameters) throws Exception {
        return JSON.readTree(
                client.send(request(TOKEN, method, parameters), BodyHandlers.ofString()).body());
    }

    private HttpRequest request(String token, String method, String parameters) {
        return HttpRequest.newBuilder(URI.create(telegram.uri() + "/bot" + token + "/" + method))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(parameters))
                .build();
    }

    private static List<Long> ids(JsonNode answer) {
        return answer.path("result").values().stream()
                .map(update -> update.path("update_id").longValue())
                .toList();
    }

    @Test
    @DisplayName("updates come until later ones are asked for")
    void offset() throws Exception {
        telegram.customers().say(7, "a");
        telegram.customers().say(7, "b");
        var both = ids(call("getUpdates", "{}"));
        assertThat(both).hasSize(2);
        assertThat(ids(call("getUpdates", "{\"limit\":1}"))).containsExactly(both.getFirst());
        assertThat(ids(call("getUpdates", "{\"offset\":" + both.getLast() + "}")))
                .containsExactly(both.getLast());
        assertThat(telegram.confirmed()).hasSize(1);

        telegram.goOnAt(5);
        telegram.customers().say(7, "c");
        assertThat(ids(call("getUpdates", "{\"offset\":" + (both.getLast() + 1) + "}"))).isEmpty();
    }

    @Test
    @DisplayName("who asks while another asks ends the other's question")
    void conflict() throws Exception {
        var first =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return call("getUpdates", "{\"timeout\":20}");
                            } catch (Exception failed) {
                                throw new IllegalStateException(failed);
                            }
                        },
                        Thread::startVirtualThread);
        await().until(() -> telegram.called().size() == 1);
        await().until(() -> {
            call("getUpdates", "{}");
            return first.isDone();
        });
        assertThat(first.get().path("error_code").intValue()).isEqualTo(409);
    }

    @Test
    @DisplayName("reactions come to who names them")
    void named() throws Exception {
        call("getUpdates", "{\"allowed_updates\":[\"callback_query\"]}");
        telegram.customers().say(7, "a");
        telegram.customers().press(7, 1, "yes");
        assertThat(call("getUpdates", "{}").path("result").values())
                .singleElement()
                .satisfies(update -> assertThat(update.has("callback_query")).isTrue());
    }

    @Test
    @DisplayName("kinds that are not wanted come in no way")
    void unwanted() throws Exception {
        var reaction = JSON.createObjectNode().put("update_id", 1);
        reaction.putObject("message_reaction").put("message_id", 7);
        telegram.customers().update(reaction);
        assertThat(ids(call("getUpdates", "{}"))).isEmpty();

        call(
                "setWebhook",
                "{\"url\":\"http://127.0.0.1:9/\",\"allowed_updates\":[\"message_reaction\"]}");
        telegram.customers().say(7, "a");
        telegram.customers().update(reaction);
        var info = call("getWebhookInfo", "{}").path("result");
        assertThat(info.path("pending_update_count").intValue()).isEqualTo(1);
        assertThat(info.path("allowed_updates").toString()).isEqualTo("[\"message_reaction\"]");
    }

    @Test
    @DisplayName("each chat counts its own messages")
    void numbers() {
        assertThat(telegram.customers().say(7, "a")).isEqualTo(1);
        assertThat(telegram.customers().say(7, "b")).isEqualTo(2);
        assertThat(telegram.customers().say(8, "c")).isEqualTo(1);
    }

    @Test
    @DisplayName("a message with a file has no text, and one without has no caption")
    void words() throws Exception {
        telegram.customers().open(7);
        var photo = JSON.createObjectNode();
        photo.putArray("photo").add(telegram.customers().file("a.jpg", new byte[] {1}, 1));
        long file = telegram.customers().send(7, photo);
        long text = telegram.customers().say(7, "a");

        assertThat(description("editMessageText", edit(file, "text")))
                .contains("there is no text in the message to edit");
        assertThat(description("editMessageCaption", edit(text, "caption")))
                .contains("there is no caption in the message to edit");
        assertThat(call("editMessageCaption", edit(file, "caption")).path("ok").booleanValue())
                .isTrue();
    }

    private static String edit(long message, String member) {
        return "{\"chat_id\":7,\"message_id\":%d,\"%s\":\"b\"}".formatted(message, member);
    }

    @Test
    @DisplayName(
            "a webhook is posted to with its secret until it takes an update, and may answer by a"
                    + " method")
    void webhook() throws Exception {
        var secrets = new CopyOnWriteArrayList<String>();
        var tries = new AtomicInteger();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        var update = JSON.readTree(exchange.getRequestBody().readAllBytes());
                        secrets.add(
                                exchange.getRequestHeaders()
                                        .getFirst("X-Telegram-Bot-Api-Secret-Token"));
                        var id = update.path("callback_query").path("id").asString("");
                        var answer =
                                "{\"method\":\"answerCallbackQuery\",\"callback_query_id\":\""
                                        + id
                                        + "\"}";
                        exchange.sendResponseHeaders(
                                tries.incrementAndGet() == 1 ? 500 : 200, answer.length());
                        exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
                    }
                });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
            call("setWebhook", "{\"url\":\"" + url + "\",\"secret_token\":\"sesame\"}");
            assertThat(call("getUpdates", "{}").path("error_code").intValue()).isEqualTo(409);
            var query = telegram.customers().press(7, 1, "yes");
            await().until(() -> !telegram.customers().waits(query));
            assertThat(secrets).containsExactly("sesame", "sesame");
        } finally {
            server.stop(0);
        }
    }

    @Test
    @DisplayName("what Telegram refuses is refused in its words")
    void refusals() throws Exception {
        assertThat(description("sendMessage", "{\"chat_id\":7,\"text\":\"a\"}"))
                .contains("chat not found");
        telegram.customers().open(7);
        assertThat(description("sendMessage", "{\"chat_id\":7,\"text\":\" \"}")).contains("empty");
        assertThat(
                        description(
                                "sendMessage",
                                "{\"chat_id\":7,\"text\":\"" + "a".repeat(4097) + "\"}"))
                .contains("too long");
        assertThat(description("nonsense", "{}")).isEqualTo("Not Found");
        telegram.customers().block(7, true);
        assertThat(description("sendMessage", "{\"chat_id\":7,\"text\":\"a\"}"))
                .contains("blocked by the user");
        telegram.customers().migrate(-5, -1_000_000_000_005L);
        assertThat(
                        call("sendMessage", "{\"chat_id\":-5,\"text\":\"a\"}")
                                .at("/parameters/migrate_to_chat_id")
                                .longValue())
                .isEqualTo(-1_000_000_000_005L);
        var wrong = request("1:other", "getMe", "{}");
        assertThat(client.send(wrong, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    private String description(String method, String parameters) throws Exception {
        return call(method, parameters).path("description").stringValue();
    }

    @Test
    @DisplayName("people say something by an address that they open")
    void people() throws Exception {
        var say = URI.create(telegram.uri() + "/simulator/say?chat=9&text=hello%20there");
        var shown =
                client.send(HttpRequest.newBuilder(say).build(), BodyHandlers.ofString()).body();
        assertThat(JSON.readTree(shown).path(0).path("text").stringValue())
                .isEqualTo("hello there");
    }
}
