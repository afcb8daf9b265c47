package io.tributary.meta.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulatorTest {

    private static final String TEXT =
            "{'messaging_product':'whatsapp','to':'+1555','type':'text','text':{'body':'hi'},"
                    + "'biz_opaque_callback_data':'key'}";

    private record Posted(String signature, String body) {}

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private HttpServer company;
    private Simulator meta;

    @BeforeEach
    void start() throws IOException {
        company = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        company.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        var signature =
                                exchange.getRequestHeaders().getFirst("x-hub-signature-256");
                        var body = exchange.getRequestBody().readAllBytes();
                        posted.add(
                                new Posted(signature, new String(body, StandardCharsets.US_ASCII)));
                        // the first time nobody is ready
                        exchange.sendResponseHeaders(posted.size() == 1 ? 503 : 200, -1);
                    }
                });
        company.start();
        var webhook = URI.create("http://127.0.0.1:" + company.getAddress().getPort() + "/");
        meta = Simulator.start(new Options("7", "token", "secret", webhook, now::get));
    }

    @AfterEach
    void stop() {
        meta.close();
        company.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            value = {
                "401, 190, wrong, 7, {}",
                "400, 100, token, 8, {}",
                "400, 100, token, 7, {}",
                "400, 100, token, 7, nothing",
                "400, 131008, token, 7, #{'messaging_product':'whatsapp','type':'text'}#",
                "400, 100, token, 7, #{'messaging_product':'whatsapp','to':'1','type':'x','x':{}}#",
                "400, 100, token, 7, #{'messaging_product':'whatsapp','to':'1','type':'text','text':{'body':''}}#",
                "400, 131047, token, 7, #{'messaging_product':'whatsapp','to':'1','type':'text','text':{'body':'a'}}#",
            })
    @DisplayName("what WhatsApp refuses is refused in its words")
    void refused(int status, int code, String token, String number, String body) throws Exception {
        var answer = post(token, number, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer.body()).path("error").path("code").asInt()).isEqualTo(code);
        assertThat(meta.taken()).isEmpty();
    }

    @Test
    @DisplayName("a customer's word opens the window for a day, and templates need none")
    void window() throws Exception {
        meta.says("1555", "hello");
        assertThat(post("token", "7", TEXT).statusCode()).isEqualTo(200);

        now.updateAndGet(time -> time.plus(Duration.ofHours(24)));
        assertThat(post("token", "7", TEXT).statusCode()).isEqualTo(400);
        var template =
                "{'messaging_product':'whatsapp','to':'1555','type':'template',"
                        + "'template':{'name':'a','language':{'code':'en'}}}";
        assertThat(post("token", "7", template).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("a pair may have 45 messages at once, and one more after a while")
    void pair() throws Exception {
        meta.says("1555", "hello");
        for (int i = 0; i < 45; i++) {
            assertThat(post("token", "7", TEXT).statusCode()).isEqualTo(200);
        }
        assertThat(code(post("token", "7", TEXT))).isEqualTo(131056);

        now.updateAndGet(time -> time.plusSeconds(270));
        assertThat(post("token", "7", TEXT).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("webhooks are signed over escaped letters, and come again until they are taken")
    void webhooks() throws Exception {
        meta.says("1555", "äöå");

        Awaitility.await().until(() -> posted.size() == 2);
        var last = posted.getLast();
        assertThat(posted.getFirst().body()).isEqualTo(last.body());
        assertThat(last.body()).containsIgnoringCase("\\u00e4\\u00f6\\u00e5");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var bytes = last.body().getBytes(StandardCharsets.US_ASCII);
        assertThat(last.signature())
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes)));
    }

    @Test
    @DisplayName("statuses bring back what was carried along, also when the answer was lost")
    void statuses() throws Exception {
        meta.says("1555", "hello");
        Awaitility.await().until(() -> posted.size() == 2);
        meta.loseNextAnswer();
        assertThatIOException().isThrownBy(() -> post("token", "7", TEXT));

        Awaitility.await().until(() -> posted.size() == 3);
        meta.reads(meta.taken().getFirst().id());
        Awaitility.await().until(() -> posted.size() == 5);
        assertThat(posted.subList(2, 5))
                .extracting(one -> status(one).path("status").asString())
                .containsExactly("sent", "delivered", "read");
        assertThat(posted.subList(2, 5))
                .allMatch(one ->
                        status(one).path("biz_opaque_callback_data").asString().equals("key"));
    }

    private static JsonNode status(Posted one) {
        return json(one.body()).at("/entry/0/changes/0/value/statuses/0");
    }

    private static int code(HttpResponse<String> answer) {
        return json(answer.body()).path("error").path("code").asInt();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private HttpResponse<String> post(String token, String number, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(meta.url() + "/v23.0/" + number + "/messages"))
                        .header("authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
