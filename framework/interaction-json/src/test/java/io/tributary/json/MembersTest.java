package io.tributary.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tributary.model.AccountId;
import io.tributary.model.Content;
import io.tributary.model.Part;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {

    @Test
    void everyTypeIsReadAsItIs() {
        var body =
                body(
                        """
                        {"text":"a","whole":12.0,"decimal":1.50,"real":-0.25,"flag":true,
                         "moment":"2026-11-22T11:00:00+01:00","duration":"PT1M30S","locale":"de-AT",
                         "account":"pager-us","json":{"a":[1.50,null]},"nothing":null,
                         "texts":{"a":"b"},"list":["x","y"],"object":{"inner":"z"}}\
                        """);

        assertThat(body.text("text")).isEqualTo("a");
        assertThat(body.number("whole", 0, 12)).isEqualTo(12);
        assertThat(body.decimal("decimal")).isEqualTo(new BigDecimal("1.50"));
        assertThat(body.real("real")).isEqualTo(-0.25);
        assertThat(body.flag("flag")).isTrue();
        assertThat(body.instant("moment")).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(body.optionalDuration("duration")).isEqualTo(Duration.ofSeconds(90));
        assertThat(body.optionalLocale("locale")).isEqualTo(Locale.forLanguageTag("de-AT"));
        assertThat(body.parsed("account", AccountId.of("none"), AccountId::of))
                .isEqualTo(AccountId.of("pager-us"));
        assertThat(body.json("json")).extracting("text").isEqualTo("{\"a\":[1.50,null]}");
        assertThat(body.optionalText("nothing")).isNull();
        assertThat(body.has("nothing")).isFalse();
        assertThat(body.texts("texts")).containsExactly(java.util.Map.entry("a", "b"));
        assertThat(body.textList("list")).containsExactly("x", "y");
        assertThat(body.<String>object("object", inner -> inner.text("inner"))).isEqualTo("z");
        body.finish();
    }

    @Test
    void whatIsAbsentIsTheDefault() {
        var body = body("{}");

        assertThat(body.optionalText("a")).isNull();
        assertThat(body.number("b", 0, 9, 5)).isEqualTo(5);
        assertThat(body.flag("c", true)).isTrue();
        assertThat(body.jsons("d")).isEmpty();
        assertThat(body.list("e", inner -> inner.text("x"))).isEmpty();
        assertThat(body.optionalReal("f")).isNull();
        body.finish();
    }

    @Test
    @DisplayName("everything that is wrong is said at once, where it is, without quoting it")
    void allProblemsAtOnce() {
        var body =
                body(
                        """
                        {"parts":[{"type":"text","text":42,"font":"secret"},
                                  {"type":"hologram"},
                                  {"text":"no type"},
                                  {"type":"text","text":"Hi","spans":[{"start":0,"length":1,"kind":"secret"}]},
                                  {"type":"text","text":"Hi","spans":[{"start":1,"length":9,"kind":"bold"}]},
                                  {"type":"custom","name":"beep"},
                                  "secret",
                                  {"type":"media","kind":"image","id":"secret"}],
                         "a/b~c":1,"agent":{"nmae":"secret"},"at":"secret","length":"secret"}\
                        """);
        body.parts("parts");
        body.object("agent", agent -> agent.optionalText("name"));
        body.instant("at");
        body.optionalDuration("length");
        body.text("thread");

        assertThat(problems(body))
                .containsExactly(
                        "/parts/0/text: must be a string",
                        "/parts/0/font: is not known here",
                        "/parts/1/type: is not a type of content",
                        "/parts/2/type: is missing",
                        "/parts/2/text: is not known here",
                        "/parts/3/spans/0/kind: must be one of bold, italic, underline, strike,"
                                + " spoiler, code, quote, link, mention",
                        "/parts/4: a span must not leave its text",
                        "/parts/5: the name of a custom content needs a dot, as in pager.priority",
                        "/parts/6: must be an object",
                        "/parts/7/id: not a media id: expected a UUID such as"
                                + " 01890a5d-ac96-774b-bcce-b302099a8057",
                        "/agent/nmae: is not known here",
                        "/at: must be a moment such as 2026-11-22T10:00:00Z",
                        "/length: must be a duration such as PT1M30S",
                        "/thread: is missing",
                        "/a~1b~0c: is not known here");
    }

    @Test
    @DisplayName("a reply's parts are numbered from 1, and every content can be sent")
    void partsOfEveryContent() {
        for (var content : Examples.contents().values()) {
            if (content instanceof Content.Custom custom && !custom.ofChannel()) {
                continue;
            }
            String json = new String(InteractionJson.encode(content), UTF_8);
            var body = body("{\"parts\":[" + json + "]}");

            assertThat(body.parts("parts")).containsExactly(new Part(1, content));
            body.finish();
        }
    }

    @Test
    void aContentAloneIsReadStrictlyToo() {
        byte[] wrong =
                "{\"type\":\"text\",\"text\":\"Hi\",\"spans\":[{\"start\":1,\"length\":9,\"kind\":\"bold\"}],\"x\":1}"
                        .getBytes(UTF_8);

        assertThat(
                        InteractionJson.decodeContentStrictly(
                                "{\"text\":\"Hi\",\"type\":\"text\"}".getBytes(UTF_8)))
                .isEqualTo(Content.text("Hi"));
        assertThat(
                        catchThrowableOfType(
                                        InvalidJson.class,
                                        () -> InteractionJson.decodeContentStrictly(wrong))
                                .problems())
                .extracting(JsonProblem::toString)
                .containsExactly("a span must not leave its text", "/x: is not known here");
    }

    @Test
    void aReplyHasParts() {
        var missing = body("{}");
        missing.parts("parts");
        var empty = body("{\"parts\":[]}");
        empty.parts("parts");
        var wrong = body("{\"parts\":{}}");
        wrong.parts("parts");
        var misnumbered = body("{\"parts\":[{\"number\":2,\"type\":\"deleted\"}]}");
        misnumbered.parts("parts");

        assertThat(problems(missing)).containsExactly("/parts: is missing");
        assertThat(problems(empty)).containsExactly("/parts: must have at least one part");
        assertThat(problems(wrong)).containsExactly("/parts: must be an array");
        assertThat(problems(misnumbered))
                .containsExactly("/parts/0/number: must be a whole number from 1 to 1");
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("", "a JSON value is missing"),
                arguments("[]", "must be an object"),
                arguments("null", "must be an object"),
                arguments("{\"a\":1", "not JSON: line 1, column 7"),
                arguments("{\"a\":1}\n}", "not JSON: line 2, column 1"),
                arguments("{\"a\":1} {}", "nothing may follow the JSON value"),
                arguments("{'a':1}", "not JSON: line 1, column 2"),
                arguments("{\"a\":secret}", "not JSON: line 1, column 6"),
                arguments("{\"a\":01}", "not JSON: line 1, column 7"),
                arguments("{\"a\":NaN}", "not JSON: line 1, column 9"),
                arguments("{\"a\":1,}", "not JSON: line 1, column 8"),
                arguments("{\"a\":\"\u0001\"}", "not JSON: line 1, column 7"),
                arguments("{\"a\":{\"b\":1,\"b\":2}}", "/a/b: must not come twice"),
                arguments("{\"a\":[0,\"x\\u0000\"]}", "/a/1: " + Characters.COMPLAINT),
                arguments("{\"a\":\"\\ud83d\"}", "/a: " + Characters.COMPLAINT),
                arguments("{\"\\u0000\":1}", "/\0: " + Characters.COMPLAINT));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatIsNoProperJsonIsRefusedWithoutQuotingIt(String text, String problem) {
        assertThat(refusal(text.getBytes(UTF_8)).problems())
                .extracting(JsonProblem::toString)
                .containsExactly(problem);
    }

    @Test
    void onlyUtf8IsTaken() {
        byte[] halfACharacter = "{\"a\":\"ä\"}".getBytes(UTF_8);
        halfACharacter[7] = '"';

        assertThat(refusal(halfACharacter)).hasMessage("the body must be UTF-8");
        assertThat(refusal(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}))
                .hasMessage("the body must be UTF-8");
        assertThat(refusal("{\"a\":1}".getBytes(UTF_16LE)).problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "-1",
                "11",
                "1e2",
                "1e999999999",
                "1e-999999999",
                "-1.0e99999999999999",
                "\"1\"",
                "true",
                "123456789012345678901234567890"
            })
    void aWholeNumberOutOfRangeIsRefused(String number) {
        var body = body("{\"n\":" + number + "}");
        body.number("n", 0, 10);

        assertThat(problems(body)).endsWith("/n: must be a whole number from 0 to 10");
    }

    @Test
    @DisplayName("however much is wrong, the answer stays short")
    void problemsAreBounded() {
        var body = body("{\"parts\":[" + "1,".repeat(5_000) + "1]}");
        body.parts("parts");

        assertThat(problems(body)).hasSize(50);
    }

    private static List<String> problems(Members body) {
        Consumer<Members> finish = Members::finish;
        var refused = catchThrowableOfType(InvalidJson.class, () -> finish.accept(body));
        assertThat(refused.getMessage()).doesNotContain("secret");
        return refused.problems().stream().map(JsonProblem::toString).toList();
    }

    private static InvalidJson refusal(byte[] body) {
        var refused = catchThrowableOfType(InvalidJson.class, () -> Members.of(body));
        assertThat(refused).isNotNull().hasNoCause();
        assertThat(refused.getMessage()).doesNotContain("secret");
        return refused;
    }

    private static Members body(String text) {
        return Members.of(text.getBytes(UTF_8));
    }
}
