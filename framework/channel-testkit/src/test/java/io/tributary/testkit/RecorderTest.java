package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.pager.PagerChannel;
import io.tributary.testkit.pager.PagerContract;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("a recorder")
class RecorderTest {

    private static final String SECRET = "the/secret+token 1";
    private static final String PHONE = "+491701234567";
    private static final String ID = "PM0123456789abcdef0123456789abcdef";

    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir Path folder;

    private Recorder recorder;

    @BeforeEach
    void begin() {
        recorder =
                Recorder.into(folder, TestSettings.NONE.withSecret("token", SECRET))
                        .keeping("status", "count");
    }

    @Test
    @DisplayName("replaces every value of a form that is not said to be harmless")
    void form() {
        record(
                "first",
                Fields.of("status", "new").with("From", PHONE).with("Name", "Ada Lóvelace"));

        var form = Fixtures.in(folder).webhook("first").form();
        assertThat(form.need("status")).isEqualTo("new");
        assertThat(form.need("From")).matches("\\+1[0-9]{3}55501[0-9]{2}");
        assertThat(form.need("Name")).matches("[A-Z][a-z]{2} [A-Z]é[a-z]{6}").doesNotContain("Ada");
    }

    @Test
    @DisplayName("replaces the same by the same, and others by others")
    void consistently() {
        record("first", Fields.of("From", PHONE).with("Id", ID).with("Again", ID));
        record("second", Fields.of("To", PHONE).with("From", "+491709999999"));

        var first = Fixtures.in(folder).webhook("first").form();
        var second = Fixtures.in(folder).webhook("second").form();
        assertThat(first.need("Id")).matches("PM[0-9a-f]{32}").isNotEqualTo(ID);
        assertThat(first.need("Again")).isEqualTo(first.need("Id"));
        assertThat(second.need("To")).isEqualTo(first.need("From"));
        assertThat(second.need("From")).isNotEqualTo(first.need("From"));
    }

    @Test
    @DisplayName("says something else each time: numbers are few enough to be tried")
    void unguessable() {
        record("first", Fields.of("Id", ID));
        var first = Fixtures.in(folder).webhook("first").form().need("Id");
        begin();
        record("first", Fields.of("Id", ID));

        assertThat(Fixtures.in(folder).webhook("first").form().need("Id")).isNotEqualTo(first);
    }

    @Test
    @DisplayName("takes for a value what it is told to")
    void replacing() {
        recorder.replacing(PHONE, "+15005550006");
        record("first", Fields.of("status", PHONE).with("From", PHONE));

        var form = Fixtures.in(folder).webhook("first").form();
        assertThat(form.need("From")).isEqualTo("+15005550006");
        assertThat(form.need("status")).as("even where values may stay").isEqualTo("+15005550006");
    }

    @Test
    @DisplayName("knows JSON, addresses of the web and e-mail, and what is nested in a value")
    void nested() {
        var json =
                """
                {"status":"new","count":7,"price":12.5,"none":null,"yes":true,
                 "self":"/v1/Messages/%2$s.json",
                 "people":[{"mail":"ada@lovelace.org","phone":"tel:%1$s"}],
                 "media":"https://media.provider.com/Accounts/%2$s/Media?token=abc123&status=new"}\
                """
                        .formatted(PHONE, ID);
        var body = Bytes.utf8(json);
        recorder.webhook(
                "json",
                WebhookRequest.of("POST", FakeHost.webhookUrl(""), body, Instant.EPOCH)
                        .header("Content-Type", "application/json"));
        record("form", Fields.of("Metadata", json));

        var text = Fixtures.in(folder).webhook("json").body().utf8();
        var read = PlainJson.object(PlainJson.read(text));
        assertThat(read).containsEntry("status", "new").containsEntry("yes", true);
        assertThat(read.get("count")).hasToString("7");
        assertThat(read.get("price")).asString().matches("[1-9]{2}\\.[1-9]").isNotEqualTo("12.5");
        assertThat(text)
                .contains("person-1@example.com", "tel:+12015550100", "host-1.example/Accounts/PM")
                .contains("status=new", "/Messages/PM")
                .containsPattern("/Messages/PM[0-9a-f]{32}\\.json")
                .doesNotContain("ada", "lovelace", PHONE, ID, "abc123", "provider.com");
        assertThat(Fixtures.in(folder).webhook("form").form().need("Metadata")).isEqualTo(text);
    }

    @Test
    @DisplayName("keeps of headers what brings no secret, and no signature")
    void headers() throws IOException {
        recorder.headers("X-From").keeping("X-Version");
        recorder.webhook(
                "first",
                WebhookRequest.of("POST", FakeHost.webhookUrl(""), Bytes.utf8("Hi"), Instant.EPOCH)
                        .header("X-From", PHONE)
                        .header("X-Version", "3")
                        .header("X-Signature", "c2lnbmF0dXJl")
                        .header("Content-Type", "text/plain"));

        var webhook = Fixtures.in(folder).webhook("first");
        assertThat(webhook.headers()).containsOnlyKeys("x-from", "x-version", "content-type");
        assertThat(webhook.header("x-from")).isEqualTo("+12015550100");
        assertThat(webhook.body().utf8()).matches("[A-Z][a-z]").isNotEqualTo("Hi");
        assertThat(files()).noneMatch(text -> text.contains("c2lnbmF0dXJl"));
    }

    @Test
    @DisplayName("keeps calls and answers, without credentials")
    void exchange() throws IOException {
        var call =
                Http.Call.post(
                                URI.create(
                                        "https://api.provider.com/v1/Accounts/" + ID + "/Messages"),
                                Fields.of("To", PHONE))
                        .header("Authorization", "Basic " + base64("me:" + SECRET));
        var answer =
                new Http.Answer(
                        201,
                        java.util.Map.of("content-type", List.of("application/json")),
                        Bytes.utf8("{\"id\":\"" + ID + "\",\"status\":\"queued\"}"));
        recorder.exchange("send", call, answer);

        var read = Fixtures.in(folder).answer("send");
        assertThat(read.status()).isEqualTo(201);
        assertThat(read.body().utf8()).contains("\"status\": \"queued\"").doesNotContain(ID);
        assertThat(files())
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).doesNotContain(ID, PHONE, "Basic"));
    }

    static Stream<String> disguises() {
        var bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                SECRET,
                "x" + SECRET + "y",
                SECRET.toUpperCase(java.util.Locale.ROOT),
                HexFormat.of().formatHex(bytes),
                base64(SECRET),
                base64("me:" + SECRET),
                base64("you:" + SECRET),
                Base64.getUrlEncoder()
                        .encodeToString(("1:" + SECRET + "more").getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("disguises")
    @DisplayName("writes no file in which a secret stands, in whatever form")
    void refuses(String disguise) throws IOException {
        assertThatThrownBy(() -> record("first", Fields.of("status", disguise)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("first")
                .hasMessageContaining("keeping()")
                .hasMessageNotContaining(SECRET);
        assertThat(files()).isEmpty();

        record("first", Fields.of("Token", disguise));
        assertThat(files()).hasSize(1).noneMatch(text -> text.contains(SECRET));
    }

    @Test
    @DisplayName("keeps what passes a fake host, and what it kept passes one again")
    void throughHost() throws Exception {
        var settings =
                TestSettings.NONE
                        .with("url", LoopbackProvider.unreachable())
                        .withSecret("key", PagerContract.KEY);
        recorder = Recorder.into(folder, settings);
        try (var host = new FakeHost().recordingInto(recorder);
                var account = host.open(new PagerChannel(), settings)) {
            account.webhook(
                    PagerContract.page("p1", "Meet Ada at 7, " + PHONE)
                            .header("Content-Type", FORM));
            account.webhook(PagerContract.page("p2", "on my way").withoutHeader("X-Signature"));
        }

        var webhooks = Fixtures.in(folder).webhooks();
        assertThat(webhooks).as("what was refused is not kept").hasSize(1);
        assertThat(files()).noneMatch(text -> text.contains("Ada") || text.contains(PHONE));
        try (var host = new FakeHost();
                var account = host.open(new PagerChannel(), settings)) {
            account.webhook(PagerContract.signed(webhooks.getFirst().body()));
            assertThat(host.stored()).hasSize(1);
        }
    }

    @Test
    @DisplayName("knows what came to a door that a tunnel led to")
    void tunnel() throws Exception {
        try (var door = LoopbackProvider.answering(204, "text/plain", "");
                var http = new FakeHttp(java.time.Duration.ofSeconds(10))) {
            http.send(Http.Call.post(door.uri().resolve("/hook?id=77"), Fields.of("From", PHONE)));
            recorder.webhook("came", door.asked().getFirst());
        }

        var webhook = Fixtures.in(folder).webhook("came");
        assertThat(webhook.form().need("From")).isEqualTo("+12015550100");
        assertThat(webhook.query().need("id")).matches("[1-9]{2}").isNotEqualTo("77");
    }

    private void record(String name, Fields form) {
        recorder.webhook(
                name,
                WebhookRequest.of("POST", FakeHost.webhookUrl(""), form.encode(), Instant.EPOCH)
                        .header("Content-Type", FORM));
    }

    private List<String> files() throws IOException {
        var texts = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
