package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How long texts are cut.
class PiecesTest {

    @Test
    @DisplayName("up to 4096 units are one message, one more makes two")
    void limit() {
        assertThat(Pieces.of("")).containsExactly("");
        assertThat(Pieces.of("a".repeat(4096))).hasSize(1);
        assertThat(Pieces.of("a".repeat(4097))).containsExactly("a".repeat(4096), "a");
    }

    @Test
    @DisplayName("a character of two units stays whole")
    void characters() {
        var text = "a".repeat(4095) + "👍" + "b";
        assertThat(Pieces.of(text)).containsExactly("a".repeat(4095), "👍b");
    }

    @Test
    @DisplayName("lines and words stay whole where there is room")
    void words() {
        var line = "a".repeat(3000) + "\n";
        assertThat(Pieces.of(line + "b".repeat(2000))).containsExactly(line, "b".repeat(2000));
        var word = "a".repeat(3000) + " ";
        assertThat(Pieces.of(word + "b".repeat(2000))).containsExactly(word, "b".repeat(2000));
        var early = "a\n" + "b".repeat(5000);
        assertThat(Pieces.of(early).getFirst()).hasSize(4096);
    }
}
