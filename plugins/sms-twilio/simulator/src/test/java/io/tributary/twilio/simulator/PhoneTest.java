package io.tributary.twilio.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PhoneTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private Company company;
    private Simulator simulator;

    @BeforeEach
    void start() throws IOException {
        company = new Company();
        simulator =
                Simulator.start(
                        new Options()
                                .webhook(company.url("/sms"))
                                .course(Course.DELIVERED.every(Duration.ofMillis(5))));
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        simulator.close();
        company.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/phone.css", "/phone.js", "/icon.svg", "/phone/line"})
    @DisplayName("everything of the page comes under a policy that runs nothing from elsewhere")
    void servesThePage(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isNotEmpty();
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    @DisplayName("there is no inline script or style that the policy would stop")
    void hasNothingInline() throws Exception {
        assertThat(get("/").body())
                .doesNotContain("<style", "style=", "onclick", "<script>")
                .contains("lang=\"en\"", "<label");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("a text from the page reaches the company, and its reply arrives live")
    void livesThroughAConversation() throws Exception {
        try (var events = events();
                var client = new Client(simulator)) {
            var lines = events.iterator();
            assertThat(post("from=%2B15551230001&to=%2B15005550006&body=Hello%21").statusCode())
                    .isEqualTo(202);
            assertThat(next(lines)).contains("\"body\":\"Hello!\"", "\"webhook\":0");
            assertThat(next(lines)).contains("\"body\":\"Hello!\"", "\"webhook\":200");

            client.text("Good day, <b>how</b> can we help?");

            assertThat(next(lines)).contains("<b>how</b>", "\"status\":\"queued\"");
            assertThat(
                            Stream.generate(() -> next(lines))
                                    .anyMatch(line -> line.contains("\"status\":\"delivered\"")))
                    .isTrue();
        }
        assertThat(company.received().getFirst().form().first("Body")).isEqualTo("Hello!");
    }

    @Test
    @DisplayName("who opens the page later sees what was said before")
    void showsWhatWasBefore() throws Exception {
        simulator.text(Client.CUSTOMER, Client.LINE, "earlier");

        try (var events = events()) {
            assertThat(next(events.iterator())).contains("\"body\":\"earlier\"");
        }
    }

    @Test
    @DisplayName("a picture from the page goes out as MMS")
    void sendsPictures() throws Exception {
        var answer =
                http.send(
                        HttpRequest.newBuilder(
                                        at(
                                                "/phone/messages?from=%2B15551230001&to=%2B15005550006&body=look"))
                                .header("Content-Type", "image/png")
                                .POST(HttpRequest.BodyPublishers.ofString("bytes"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(202);
        Awaitility.await().until(() -> !company.received().isEmpty());
        assertThat(company.received().getFirst().form().first("NumMedia")).isEqualTo("1");
        var medium = simulator.messages().getFirst().media().getFirst();
        assertThat(get("/media/" + medium.sid()).body()).isEqualTo("bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=nobody&to=%2B15005550006&body=x",
                "from=%2B15551230001&to=%2B15551230002&body=x",
                "from=%2B15551230001&to=%2B15005550006&body=",
                "from=%zz",
            })
    @DisplayName("a wrong number or an empty text is refused")
    void refusesNonsense(String form) throws Exception {
        assertThat(post(form).statusCode()).isEqualTo(400);
        assertThat(simulator.messages()).isEmpty();
    }

    @Test
    @DisplayName("a page from elsewhere cannot write")
    void refusesOtherPages() throws Exception {
        var request =
                form("from=%2B15551230001&to=%2B15005550006&body=x")
                        .header("Sec-Fetch-Site", "cross-site")
                        .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(403);
        assertThat(simulator.messages()).isEmpty();
    }

    private Stream<String> events() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(at("/phone/events")).build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    private static String next(Iterator<String> lines) {
        while (true) {
            var line = lines.next();
            if (line.startsWith("data: ")) {
                return line;
            }
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String form) throws IOException, InterruptedException {
        return http.send(form(form).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder form(String form) {
        return HttpRequest.newBuilder(at("/phone/messages"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private URI at(String path) {
        return URI.create(simulator.url() + path);
    }
}
