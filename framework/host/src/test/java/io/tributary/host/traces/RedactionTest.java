package io.tributary.host.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.Errand;
import io.tributary.host.egress.Ending;
import io.tributary.host.egress.Seen;
import io.tributary.host.journal.Traces;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.PluginVersion;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Fields;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class RedactionTest {

    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
    private static final String TOKEN = "Zq8vXw2pLk";
    private static final String JSON = "application/json";

    private static Errand errand(String... personal) {
        return new Errand(
                Calls.Kind.SEND,
                TimeOrderedIds.system().interaction(),
                "key-1",
                2,
                List.of(personal));
    }

    private static Seen seen(URI uri, String type, String body, int status, String answer) {
        return new Seen(
                AccountId.of("pager-us"),
                new PluginVersion("pager", "1.0.0"),
                "POST",
                uri,
                Map.of("content-type", List.of(type), "authorization", List.of("Bearer " + TOKEN)),
                Bytes.utf8(body),
                body.length(),
                Ending.ANSWERED,
                new Seen.Reply(
                        status,
                        Map.of("Content-Type", List.of(JSON), "X-Trace", List.of("77")),
                        Bytes.utf8(answer),
                        answer.length()),
                "",
                1_500_000);
    }

    private static Traces.Trace trace(Seen seen, @Nullable Errand errand) {
        return new Redaction(seen, errand, text -> text.replace("hush", "***")).trace(AT);
    }

    private static JsonNode detail(Traces.Trace trace) {
        return Shape.JSON.readTree(trace.detail());
    }

    @Test
    @DisplayName("shows what was asked for, for which send, and what an error says")
    void shows() {
        var errand = errand("+436601234567", "Your bike is ready");
        var trace =
                trace(
                        seen(
                                URI.create("https://api.example.com/v2/pages/17745/send.json?to=x"),
                                JSON,
                                "{\"to\":\"+436601234567\",\"text\":{\"body\":\"Your bike is ready\"},"
                                        + "\"ttl\":60,\"urgent\":true}",
                                400,
                                "{\"code\":21211,\"message\":\"The number +436601234567 is not"
                                        + " valid: 'bike'\",\"more\":\"http://a.example/e\"}"),
                        errand);

        assertThat(trace.at()).isEqualTo(AT);
        assertThat(trace.plugin()).isEqualTo("pager 1.0.0");
        assertThat(trace.purpose())
                .isEqualTo(new Traces.Purpose(errand.interaction(), "send", "key-1", 2));
        assertThat(trace.request())
                .isEqualTo(
                        new Traces.Request(
                                "POST", "api.example.com", "/v2/pages/*/send.json?to=*"));
        assertThat(trace.end()).isEqualTo(new Traces.End(400, "answered", 1_500));
        assertThat(detail(trace))
                .isEqualTo(
                        Shape.JSON.readTree(
                                """
                                {"request": {"type": "application/json", "bytes": 82,
                                  "headers": ["authorization", "content-type"],
                                  "body": {"to": "*", "text": {"body": "*"}, "ttl": "#", "urgent": "*"}},
                                 "response": {"type": "application/json", "bytes": 100,
                                  "headers": ["content-type", "x-trace"],
                                  "body": {"code": 21211, "message": "The number * is not valid: *",
                                    "more": "*"}}}
                                """));
    }

    @Test
    @DisplayName("shows nothing that a good answer says, and of a form its names")
    void shapes() {
        var trace =
                trace(
                        seen(
                                URI.create("https://api.example.com/"),
                                "application/x-www-form-urlencoded; charset=UTF-8",
                                "To=%2B43&Body=hi&Media0=x",
                                201,
                                "{\"message\":\"hi\",\"code\":7,\"list\":[{\"id\":1},2,3,4],"
                                        + "\"+43660\":null}"),
                        errand("+43", "hi"));

        assertThat(detail(trace).at("/request/body"))
                .hasToString("{\"To\":\"*\",\"Body\":\"*\",\"Media0\":\"*\"}");
        assertThat(detail(trace).at("/response/body"))
                .hasToString(
                        "{\"message\":\"*\",\"code\":\"#\",\"list\":[{\"id\":\"#\"},\"#\",\"… 2\"],"
                                + "\"*\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "/2010-04-01/Accounts/AC0123456789abcdef/Messages.json, /2010-04-01/Accounts/*/Messages.json",
        "/bot123456:AAH-secret/sendMessage, /*/sendMessage",
        "/v20.0/105551234567/messages, /v20.0/*/messages",
        "/services/T00/B00/XqTzLmWvRkPdYsNbHcGfJaEu, /services/*/*/*",
        "/chats/Lovelace/typing, /chats/*/typing",
        "/documents/resume-jane.pdf, /documents/*",
        "/3.1/rooms/42, /3.1/rooms/*",
        "/hooks/kqzjwvxpam/in, /hooks/*/in",
        "/hooks/QXKVJAWPRT/in, /hooks/*/in",
        "/OurPagerBusiness/sendSMSMessage/phone_numbers, /OurPagerBusiness/sendSMSMessage/phone_numbers",
        "/files/%2B436601234567, /files/*",
        "/send/hush/now, /send/***/now",
        "'', /",
        "/, /",
        "//a//b/, //a//b/"
    })
    @DisplayName("a path keeps its plain words and versions")
    void paths(String path, String shown) {
        var trace =
                trace(
                        seen(URI.create("https://a.example" + path), JSON, "{}", 200, "{}"),
                        errand("Ada Lovelace"));

        assertThat(trace.request().path()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/users/annasmith, /v1/users/*",
        "/users/annasmith, /users/*",
        "/users/annasmith/avatar, /users/*/*",
        "/2010-04-01/Accounts/AC0123456789abcdef/Balance.json, /2010-04-01/Accounts/*/*",
        "/bot123456:AAH-secret/getUpdates, /*/getUpdates",
        "/v20.0/105551234567/annasmith, /v20.0/*/*",
        "/users/v1/annasmith, /users/v1/*",
        "'', /",
        "/, /",
        "//users//annasmith/, //users//*/"
    })
    @DisplayName(
            "a path of which nobody knows whom it is about keeps one word of its beginning, and versions")
    void pathsOfAnybody(String path, String shown) {
        var seen = seen(URI.create("https://a.example" + path), JSON, "{}", 500, "{}");

        assertThat(trace(seen, null).request().path()).isEqualTo(shown);
        assertThat(trace(seen, errand()).request().path()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "Bad Request: chat not found; Bad Request: chat not found",
                "(#131030) Recipient phone number not in allowed list; (#131030) Recipient phone number not in allowed list",
                "The message is longer than 1600 characters; The message is longer than 1600 characters",
                "No such user: ada@example.com; No such user: *",
                "Call +1 415 555 2671 instead; Call * instead",
                "Wrong secret hunter; Wrong *",
                "can't parse \"your PIN; can't parse *",
                "see https://errors.example/21211; see *",
                "Ungültig; *"
            },
            delimiter = ';')
    @DisplayName("what an error says is shown without what it repeats")
    void errors(String message, String shown) {
        var said = new Said().add("The secret hunter2 is in my house, allowed or can");

        assertThat(ErrorText.of(message, said)).isEqualTo(shown);
    }

    @Test
    @DisplayName("an error's codes are shown, in digits, words and truth, unless they were said")
    void codes() {
        String answer =
                "{\"ok\":false,\"code\":\"21211\",\"status\":\"NOT_FOUND\",\"subcode\":4711,"
                        + "\"type\":\"ada\",\"error\":\"user ada is blocked\",\"more\":true,"
                        + "\"x9y8z7\":1,\"errors\":[\"too long\"]}";
        var trace =
                trace(
                        seen(
                                URI.create("https://a.example/"),
                                JSON,
                                "{\"to\":\"ada\",\"pin\":4711}",
                                404,
                                answer),
                        errand("ada"));

        assertThat(detail(trace).at("/response/body"))
                .hasToString(
                        "{\"ok\":false,\"code\":\"21211\",\"status\":\"NOT_FOUND\","
                                + "\"subcode\":\"#\",\"type\":\"*\","
                                + "\"error\":\"user * is blocked\",\"more\":\"*\",\"*\":\"#\","
                                + "\"errors\":[\"too long\"]}");
    }

    @Test
    @DisplayName("what was said is known again without its accents, and out of a Basic header")
    void saidOtherwise() {
        var said = seen(URI.create("https://a.example/"), JSON, "{\"n\":\"Zoë\"}", 401, "{}");
        var headers =
                Map.of(
                        "content-type",
                        List.of(JSON),
                        "Authorization",
                        List.of("basic " + Base64.getEncoder().encodeToString(utf8("carol:pw"))));
        var answer = Bytes.utf8("{\"message\":\"carol may not write to Zoe\"}");
        var trace =
                trace(
                        new Seen(
                                said.account(),
                                said.plugin(),
                                said.method(),
                                said.uri(),
                                headers,
                                said.body(),
                                said.bytes(),
                                said.ending(),
                                new Seen.Reply(
                                        401,
                                        Map.of("content-type", List.of(JSON)),
                                        answer,
                                        answer.length()),
                                "",
                                1),
                        null);

        assertThat(detail(trace).at("/response/body/message").asString())
                .isEqualTo("* may not write to *");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName(
            "of a file that the host fetches neither path nor query is shown: its name may tell")
    void downloads() {
        var trace =
                trace(
                        new Seen(
                                AccountId.of("pager-us"),
                                null,
                                "GET",
                                URI.create("https://files.example/jane/divorce?sig=x"),
                                Map.of(),
                                Bytes.EMPTY,
                                0,
                                Ending.UNREACHABLE,
                                null,
                                "files.example takes no connection",
                                1),
                        null);

        assertThat(trace.request()).isEqualTo(new Traces.Request("GET", "files.example", "/*"));
        assertThat(detail(trace).path("reason").asString())
                .isEqualTo("files.example takes no connection");
    }

    @Test
    @DisplayName("what an error says is not shown where not all that was said can be looked at")
    void tooLong() {
        String body = "{\"text\":\"" + "word ".repeat(4_000) + "\"}";
        var trace =
                trace(
                        seen(
                                        URI.create("https://a.example/"),
                                        JSON,
                                        body,
                                        500,
                                        "{\"code\":\"oops\",\"message\":\"Internal error\"}")
                                .lighter(Shape.MOST_BYTES),
                        null);

        assertThat(detail(trace).at("/request/bytes").asInt()).isEqualTo(body.length());
        assertThat(detail(trace).at("/request").has("body")).isFalse();
        assertThat(detail(trace).at("/response/body"))
                .hasToString("{\"code\":\"oops\",\"message\":\"*\"}");
    }

    @Test
    @DisplayName(
            "a body that is no JSON, or too deep, has no shape, and whatever is said of it stays away")
    void unreadable() {
        for (String body : List.of("{\"a\":", "[".repeat(2_000), "\"")) {
            var trace =
                    trace(
                            seen(URI.create("https://a.example/"), JSON, body, 400, body),
                            errand("x"));

            assertThat(detail(trace).at("/request").has("body")).isFalse();
            assertThat(detail(trace).at("/response").has("body")).isFalse();
        }
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMinLength(6).ofMaxLength(20).map("qz"::concat),
                Arbitraries.strings().numeric().ofMinLength(6).ofMaxLength(15),
                Arbitraries.strings()
                        .withCharRange('ß', 'ӿ')
                        .ofMinLength(6)
                        .ofMaxLength(12)
                        .filter(text -> text.codePoints().allMatch(Character::isLetter)));
    }

    @Property(tries = 300)
    @Label("whatever was said, however it comes back, is in no trace")
    void tellsNothing(@ForAll("contents") String said, @ForAll("contents") String secret) {
        String escaped = URLEncoder.encode(said, StandardCharsets.UTF_8);
        String body =
                Shape.JSON
                        .createObjectNode()
                        .put("text", "Dear " + said)
                        .put(said, secret)
                        .toString();
        String answer =
                Shape.JSON
                        .createObjectNode()
                        .put("code", said)
                        .put("message", "cannot send " + said + "! to " + said + "," + secret)
                        .put("detail", "(" + secret + ") or x" + said + "y failed")
                        .put("description", said.substring(0, said.length() - 1))
                        .put(said, "…")
                        .put("error", secret)
                        .toString();
        var uri =
                URI.create(
                        "https://a.example/v1/"
                                + escaped
                                + "/send/%s?%s=%s&%s"
                                        .formatted(escaped, escaped, escaped, escaped));
        for (Seen each :
                List.of(
                        seen(uri, JSON, body, 400, answer),
                        seen(
                                uri,
                                "application/x-www-form-urlencoded",
                                Fields.of("text", said).with(said, secret).encode().utf8(),
                                422,
                                answer),
                        seen(uri, "text/xml", "<m>" + said + "</m> " + secret, 500, answer),
                        seen(uri, JSON, body, 200, answer))) {
            var trace = trace(each, errand("Dear " + said));
            String shown = trace.request() + trace.detail();
            assertThat(shown.toLowerCase(Locale.ROOT))
                    .doesNotContain(
                            said.substring(0, said.length() - 1).toLowerCase(Locale.ROOT),
                            secret.toLowerCase(Locale.ROOT),
                            escaped.toLowerCase(Locale.ROOT));
        }
    }
}
