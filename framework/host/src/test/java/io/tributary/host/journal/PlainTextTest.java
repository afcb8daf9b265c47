package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class PlainTextTest {

    @Test
    @DisplayName("a text that PostgreSQL can keep stays as it is")
    void untouched() {
        String text = "Grüße 🙂";
        assertThat(PlainText.escape(text)).isSameAs(text);
        assertThat(PlainText.unescape(text)).isSameAs(text);
    }

    @Test
    @DisplayName("a zero, half a pair and the mark itself are written in digits")
    void escaped() {
        String text = "a\0b\uD83Dc\uDE42\uFFFF";
        assertThat(PlainText.escape(text)).isEqualTo("a\uFFFF0000b\uFFFFd83dc\uFFFFde42\uFFFFffff");
    }

    @Property(tries = 500)
    void everyTextComesBack(@ForAll String text) {
        assertThat(PlainText.unescape(PlainText.escape(text))).isEqualTo(text);
        assertThat(PlainText.escape(text)).doesNotContain("\0");
    }
}
