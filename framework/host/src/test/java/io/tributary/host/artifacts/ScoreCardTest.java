package io.tributary.host.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.artifacts.ScoreCard.Grade;
import io.tributary.host.artifacts.ScoreCard.Result;
import io.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("a jar's score card")
final class ScoreCardTest {

    private static final String CLASSES =
            "\"classes\":{\"count\":1,\"packages\":[\"pager\"],\"sha256\":\""
                    + digestOf("pager/TheChannel.class", "no class, and nobody runs it")
                    + "\"}";

    private static final String CHECKS =
            """
            "checks":[{"grade":"bronze","promise":"is honest","result":"passed"},
            {"grade":"silver","promise":"holds","result":"not applicable","text":"It does not send."},
            {"grade":"gold","promise":"was recorded","result":"missing","text":"Nothing was."}]\
            """;

    private static final String GOOD =
            "{\"format\":1,\"grade\":\"silver\",\"channel\":\"pager\",\"spi\":\"0.1\","
                    + CLASSES
                    + ","
                    + CHECKS
                    + "}";

    @Test
    @DisplayName("is read with all that is on it")
    void read() throws Exception {
        ScoreCard card = in(GOOD).orElseThrow();

        assertThat(card.grade()).isEqualTo(Grade.SILVER);
        assertThat(card.channel()).isEqualTo("pager");
        assertThat(card.spi()).isEqualTo("0.1");
        assertThat(card.current()).isTrue();
        assertThat(card.count(Result.PASSED)).isEqualTo(1);
        assertThat(card.count(Result.NOT_APPLICABLE)).isEqualTo(1);
        assertThat(card.checks().getLast())
                .isEqualTo(
                        new ScoreCard.Check(
                                Grade.GOLD, "was recorded", Result.MISSING, "Nothing was."));
    }

    @Test
    @DisplayName("is known to be of other classes when one was changed, or came to them")
    void stale() throws Exception {
        var more = TestZip.plugin().stored("pager/Other.class", "came later");
        var library = TestZip.plugin().stored("library/Packed.class", "of no interest");

        assertThat(in(GOOD.replace("\"sha256\":\"", "\"sha256\":\"0")).orElseThrow().current())
                .isFalse();
        assertThat(in(more, GOOD).orElseThrow().current()).isFalse();
        assertThat(in(library, GOOD).orElseThrow().current()).isTrue();
        assertThat(in(GOOD.replace("[\"pager\"]", "[]")).orElseThrow().current()).isFalse();
    }

    @Test
    @DisplayName("drives no terminal, and is short")
    void harmless() throws Exception {
        var endless = "x".repeat(10_000);
        ScoreCard card =
                in(GOOD.replace("Nothing was.", "\\u001b[2J\\u202e" + endless)
                                .replace("\"pager\",\"spi\"", "\"pa\\u0007ger\",\"spi\""))
                        .orElseThrow();

        assertThat(card.channel()).isEqualTo("pa?ger");
        assertThat(card.checks().getLast().text()).startsWith("?[2J?xxx").hasSizeLessThan(310);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("is no JSON", "{"),
                Arguments.of("is empty", ""),
                Arguments.of("is null", "null"),
                Arguments.of("is nested endlessly", "[".repeat(100_000)),
                Arguments.of(
                        "is nested below what is read",
                        GOOD.replace("\"0.1\"", "[".repeat(20) + "]".repeat(20))),
                Arguments.of("is larger than a card", GOOD + " ".repeat(300_000)),
                Arguments.of("has another form", GOOD.replace("\"format\":1", "\"format\":2")),
                Arguments.of("gives a grade nobody knows", GOOD.replace("silver", "platinum")),
                Arguments.of(
                        "gives a better grade than its checks",
                        GOOD.replace(
                                "\"grade\":\"silver\",\"channel\"",
                                "\"grade\":\"gold\",\"channel\"")),
                Arguments.of(
                        "says a thing twice",
                        GOOD.replace("\"format\":1", "\"format\":1,\"format\":1")),
                Arguments.of("has a result nobody knows", GOOD.replace("missing", "fine")),
                Arguments.of("checked nothing", GOOD.replace(CHECKS, "\"checks\":[]")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    @DisplayName("is as good as none when it")
    void unreadable(String what, String text) throws Exception {
        assertThat(in(text)).as(what).isEmpty();
    }

    @Test
    @DisplayName("is missing where nobody made one")
    void none() throws Exception {
        var plain = JarContents.plain(StrictZip.read(TestZip.plugin().bytes()).files());

        assertThat(ScoreCard.of(plain)).isEmpty();
    }

    private static Optional<ScoreCard> in(String card) throws Rejected {
        return in(TestZip.plugin(), card);
    }

    private static Optional<ScoreCard> in(TestZip zip, String card) throws Rejected {
        var bytes = zip.stored(ScoreCard.NAME, card).bytes();
        return ScoreCard.of(JarContents.plain(StrictZip.read(bytes).files()));
    }

    private static String digestOf(String name, String content) {
        var digest = Digests.of(Bytes.wrap(content.getBytes(StandardCharsets.UTF_8)));
        return Digests.of(Bytes.utf8(digest + "  " + name + "\n"));
    }
}
