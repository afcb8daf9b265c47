package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.model.Span;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a long text is cut")
final class CuttingTest {

    private static final int TEXTS = 400;

    /// What is easily cut in the wrong place, and what is not.
    private static final List<String> STUFF =
            List.of(
                    "a",
                    "word ",
                    " ",
                    "\n",
                    "\r\n",
                    "ß",
                    "e\u0301",
                    "한",
                    "\u1112\u1161\u11ab",
                    "😀",
                    "👍🏽",
                    "👩‍👩‍👧",
                    "🇦🇹",
                    "❤️",
                    "\ud83d",
                    "\u200d",
                    "नि");

    private static Support most(int length, Unit unit) {
        return Support.of(Level.PARTIAL).length(length, unit);
    }

    private static List<String> texts(List<Content.Text> pieces) {
        return pieces.stream().map(Content.Text::text).toList();
    }

    private static List<String> cut(String text, int length) {
        return texts(Cutting.of(new Content.Text(text, List.of()), most(length, Unit.UTF16), 99));
    }

    @Test
    @DisplayName("after a word where one ends late enough, else where it is full")
    void afterWords() {
        assertThat(cut("one two three", 8)).containsExactly("one two ", "three");
        assertThat(cut("I understandably", 8)).containsExactly("I unders", "tandably");
        assertThat(cut("fits", 4)).containsExactly("fits");
    }

    @Test
    @DisplayName(
            "never inside what a reader sees as one character; not at all where one is too long")
    void wholeCharacters() {
        assertThat(cut("a👩‍👩‍👧b", 9)).containsExactly("a👩‍👩‍👧", "b");
        assertThat(cut("aa👩‍👩‍👧b", 9)).containsExactly("aa", "👩‍👩‍👧b");
        assertThat(cut("a👩‍👩‍👧b", 7)).isEmpty();
    }

    @Test
    @DisplayName("into no more pieces than may be")
    void fewPieces() {
        var text = new Content.Text("abcdef", List.of());

        assertThat(Cutting.of(text, most(2, Unit.UTF16), 3)).hasSize(3);
        assertThat(Cutting.of(text, most(2, Unit.UTF16), 2)).isEmpty();
    }

    @Test
    @DisplayName("with its spans, in two where the cut goes through")
    void spans() {
        var text =
                new Content.Text(
                        "see our shop",
                        List.of(new Span(4, 8, Span.Kind.LINK, "https://shop.example/")));

        assertThat(Cutting.of(text, most(8, Unit.UTF16), 9))
                .containsExactly(
                        new Content.Text(
                                "see our ",
                                List.of(new Span(4, 4, Span.Kind.LINK, "https://shop.example/"))),
                        new Content.Text(
                                "shop",
                                List.of(new Span(0, 4, Span.Kind.LINK, "https://shop.example/"))));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("into pieces that fit, lose nothing and part no character, whatever it holds")
    void anyText(long seed) {
        var random = new Random(seed);
        int cut = 0;
        for (int i = 0; i < TEXTS; i++) {
            var text = anyText(random);
            var unit = Unit.values()[random.nextInt(Unit.values().length)];
            var support = most(1 + random.nextInt(60), unit);

            var pieces = texts(Cutting.of(new Content.Text(text, List.of()), support, 9_999));

            if (pieces.isEmpty()) {
                assertThat(longestCharacter(text, unit)).isGreaterThan(support.length());
                continue;
            }
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(pieces).allMatch(piece -> Limits.length(piece, unit) <= support.length());
            assertThat(boundaries(text)).containsAll(ends(pieces));
            cut += pieces.size() > 1 ? 1 : 0;
        }
        assertThat(cut).isGreaterThan(TEXTS / 10);
    }

    private static String anyText(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(80); i >= 0; i--) {
            text.append(STUFF.get(random.nextInt(STUFF.size())));
        }
        return text.toString();
    }

    private static List<Integer> ends(List<String> pieces) {
        var ends = new ArrayList<Integer>();
        int end = 0;
        for (var piece : pieces) {
            end += piece.length();
            ends.add(end);
        }
        return ends;
    }

    private static List<Integer> boundaries(String text) {
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        var boundaries = new ArrayList<Integer>();
        for (int next = characters.first(); next != BreakIterator.DONE; next = characters.next()) {
            boundaries.add(next);
        }
        return boundaries;
    }

    private static int longestCharacter(String text, Unit unit) {
        var all = boundaries(text);
        int longest = 0;
        for (int i = 1; i < all.size(); i++) {
            longest =
                    Math.max(
                            longest,
                            Limits.length(text.substring(all.get(i - 1), all.get(i)), unit));
        }
        return longest;
    }
}
