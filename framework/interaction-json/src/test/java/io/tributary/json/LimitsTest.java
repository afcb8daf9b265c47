package io.tributary.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import io.tributary.model.Part;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is too much, or no JSON at all, is refused: where it comes in, and before it is stored.
class LimitsTest {

    @ParameterizedTest
    @ValueSource(ints = {65, 1_000, 100_000})
    void aBodyThatIsNestedTooDeepIsRefused(int depth) {
        for (String text :
                new String[] {nested(depth), "[".repeat(depth), "{\"a\":".repeat(depth)}) {
            assertThatExceptionOfType(InvalidJson.class)
                    .isThrownBy(() -> Members.of(text.getBytes(UTF_8)))
                    .withMessageStartingWith("too large: at most 64 levels deep");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100_000})
    void nestedJsonOfAProviderThatIsTooDeepIsRefusedBeforeItIsStored(int depth) {
        var interaction = with(new Json(nested(depth)));

        assertThatExceptionOfType(InvalidJson.class)
                .isThrownBy(() -> InteractionJson.encode(interaction))
                .withMessageStartingWith("/extensions/pager.raw: too large");
    }

    @Test
    @DisplayName("the deepest JSON that may come in can be stored and read, wherever it is")
    void theDeepestIsStillReadable() {
        var deepest = new Json(nested(64));
        Content custom = Content.custom("pager.deep", deepest, "deep");
        var edited = new Content.Edited(Part.of(new Content.Edited(Part.of(custom))));
        var interaction = with(deepest).toBuilder().contents(edited).build();

        assertThat(InteractionJson.decode(InteractionJson.encode(interaction)))
                .isEqualTo(interaction);
    }

    @Test
    @DisplayName("what a newer build stored may be as deep, and is written back by this one")
    void theDeepestOfANewerBuildIsWrittenBack() {
        var body =
                new String(InteractionJson.encode(with(new Json(nested(64)))), UTF_8)
                        .replace("\"type\":\"text\"", "\"type\":\"hologram\",\"h\":" + nested(64))
                        .replace("\"actor\":{", "\"actor\":{\"x\":" + nested(64) + ",")
                        .getBytes(UTF_8);
        var read = InteractionJson.decode(body);

        assertThat(read.type()).isEqualTo("hologram");
        assertThat(InteractionJson.encode(read)).isEqualTo(body);
    }

    @Test
    void editsOfEditsOfEditsEndSomewhere() {
        Content content = Content.text("x");
        for (int i = 0; i < 1_000; i++) {
            content = new Content.Edited(Part.of(content));
        }
        Content bottomless = content;

        assertThatExceptionOfType(InvalidJson.class)
                .isThrownBy(() -> InteractionJson.encode(bottomless))
                .withMessage("nested too deep to be stored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "{\"a\":secret}",
                "{\"a\":1",
                "{} {}",
                "{},\"id\":\"x\"",
                "{\"a\":1}}",
                "//",
                "NaN"
            })
    void whatIsNoJsonIsRefusedBeforeItBreaksEverythingAroundIt(String text) {
        var interaction = with(new Json(text));

        assertThatThrownBy(() -> InteractionJson.encode(interaction))
                .isInstanceOf(InvalidJson.class)
                .hasNoCause()
                .hasMessageStartingWith("/extensions/pager.raw: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    @DisplayName("long names, texts and numbers of a provider can be stored and read again")
    void whatIsStoredCanBeRead() {
        String name = "pager." + "n".repeat(100_000);
        String text = "t".repeat(1_000_000);
        var interaction =
                Examples.full().toBuilder()
                        .extension(name, new Json("9".repeat(900)))
                        .contents(Content.text(text))
                        .build();

        assertThat(InteractionJson.decode(InteractionJson.encode(interaction)))
                .isEqualTo(interaction);
    }

    @Test
    void aStoredBodyThatIsCutIsRefusedAtEveryPlace() {
        byte[] body = InteractionJson.encode(Examples.full());
        for (int length = 0; length < body.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(body, length);
            assertThatExceptionOfType(InvalidJson.class)
                    .isThrownBy(() -> InteractionJson.decode(cut));
        }
    }

    private static Interaction with(Json extension) {
        return Examples.full().toBuilder().extension("pager.raw", extension).build();
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
