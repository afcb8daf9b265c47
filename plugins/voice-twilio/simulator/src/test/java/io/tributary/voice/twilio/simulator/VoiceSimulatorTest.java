package io.tributary.voice.twilio.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.tributary.twilio.simulator.Form;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VoiceSimulatorTest {

    private static final String ACCOUNT = "AC" + "0".repeat(32);

    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer company;
    private VoiceSimulator twilio;

    @BeforeEach
    void start() throws Exception {
        company = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        company.createContext(
                "/",
                exchange -> {
                    var body = exchange.getRequestBody().readAllBytes();
                    var path = exchange.getRequestURI().getPath();
                    var form = Form.decode(new String(body, StandardCharsets.UTF_8));
                    asked.add(path + " " + form.first("CallStatus"));
                    var answer = documents.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/xml");
                    exchange.sendResponseHeaders(
                            exchange.getRequestHeaders().containsKey("X-Twilio-Signature")
                                    ? 200
                                    : 401,
                            answer.length == 0 ? -1 : answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        company.start();
        twilio =
                VoiceSimulator.start(
                        new VoiceSimulator.Account(ACCOUNT, "token", URI.create(base() + "/in")),
                        0);
    }

    private String base() {
        return "http://127.0.0.1:" + company.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        twilio.close();
        company.stop(0);
    }

    @Test
    @DisplayName(
            "an incoming call is asked about, does what the document says, and its end is told")
    void incoming() throws Exception {
        documents.put(
                "/in",
                "<Response><Say>Hi</Say><Dial action=\"%s/after\"><Number statusCallback=\"%s/leg\" statusCallbackEvent=\"answered\">+15550000001</Number></Dial></Response>"
                        .formatted(base(), base()));
        documents.put("/after", "<Response><Hangup/></Response>");

        var ring = twilio.ring("+15551230001", "+15005550006", Map.of()).await();

        assertThat(ring.heard()).containsExactly("Hi");
        assertThat(asked)
                .containsExactly(
                        "/in ringing",
                        "/leg in-progress",
                        "/after in-progress",
                        "/in/status completed");
    }

    @Test
    @DisplayName("what is only told can come later, in another order, some of it twice")
    void held() throws Exception {
        documents.put("/in", "<Response><Hangup/></Response>");
        twilio.hold();
        twilio.ring("+15551230001", "+15005550006", Map.of()).await();
        twilio.ring("+15551230001", "+15005550006", Map.of()).await();
        assertThat(asked).containsExactly("/in ringing", "/in ringing");

        twilio.release(new Random(1));

        assertThat(asked).hasSize(5);
    }

    @Test
    @DisplayName("the API asks for credentials, refuses what Twilio refuses, and makes calls")
    void api() throws Exception {
        var twiml = "<Response><Say>Hello</Say></Response>";
        var right = "To=%2B15551230001&From=%2B15005550006&Twiml=" + encoded(twiml);

        assertThat(post("/Calls.json", right, "other")).contains("20003");
        assertThat(post("/Calls.json", right.replace("%2B1555", "555"), "token")).contains("21211");
        assertThat(post("/Calls.json", right.replace("Response", "Answer"), "token"))
                .contains("12100");
        assertThat(post("/Calls/CA1.json", "Status=completed", "token")).contains("20404");
        assertThat(post("/Calls.json", right, "token")).contains("\"status\":\"queued\"");
        var ring = twilio.rings().values().iterator().next().await();
        assertThat(ring.heard()).containsExactly("Hello");
        assertThat(post("/Calls/" + ring.sid() + ".json", "Status=completed", "token"))
                .contains("21220");
        assertThat(get("/Calls/" + ring.sid() + ".json")).contains("\"status\":\"completed\"");
    }

    @Test
    @DisplayName("arguments are named, others refused")
    void arguments() {
        assertThat(Main.options(new String[] {"--port", "4020"})).containsEntry("--port", "4020");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.options(new String[] {"--prot", "1"}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.options(new String[] {"--port"}));
    }

    private static String encoded(String text) {
        return Form.EMPTY.with("a", text).encode().substring(2);
    }

    private String post(String path, String form, String token) throws Exception {
        return ask(path, token, request -> request.POST(BodyPublishers.ofString(form)));
    }

    private String get(String path) throws Exception {
        return ask(path, "token", HttpRequest.Builder::GET);
    }

    private String ask(String path, String token, UnaryOperator<HttpRequest.Builder> method)
            throws Exception {
        var pair = (ACCOUNT + ":" + token).getBytes(StandardCharsets.UTF_8);
        var uri = URI.create(twilio.url() + "/2010-04-01/Accounts/" + ACCOUNT + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            method.apply(
                                            HttpRequest.newBuilder(uri)
                                                    .header(
                                                            "Authorization",
                                                            "Basic "
                                                                    + Base64.getEncoder()
                                                                            .encodeToString(pair)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
