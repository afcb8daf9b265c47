package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    private static final String WAVE = "\uD83D\uDC4B";

    @Test
    @DisplayName("160 septets are one message, 161 are two of 153 and 8")
    void septets() {
        assertThat(lengths("a".repeat(160))).containsExactly(160);
        assertThat(lengths("a".repeat(161))).containsExactly(153, 8);
        assertThat(lengths("a".repeat(306))).containsExactly(153, 153);
        assertThat(lengths("a".repeat(307))).containsExactly(153, 153, 1);
        assertThat(lengths("")).containsExactly(0);
    }

    @Test
    @DisplayName("a character of the extension table takes two septets and stays whole")
    void escapes() {
        assertThat(lengths("€".repeat(80))).containsExactly(80);
        assertThat(lengths("€".repeat(81))).containsExactly(76, 5);
        assertThat(Segments.of("a".repeat(152) + "€" + "b".repeat(10)))
                .containsExactly("a".repeat(152), "€" + "b".repeat(10));
        assertThat(lengths("^{}\\[~]|€\f")).containsExactly(10);
        assertThat(lengths("[".repeat(81))).containsExactly(76, 5);
    }

    @Test
    @DisplayName("one foreign character makes all of it UCS-2: 70, else 67 each")
    void ucs2() {
        assertThat(lengths("я".repeat(70))).containsExactly(70);
        assertThat(lengths("я".repeat(71))).containsExactly(67, 4);
        assertThat(lengths("a".repeat(80) + "я")).containsExactly(67, 14);
        assertThat(lengths("`".repeat(71))).containsExactly(67, 4);
        assertThat(lengths("ç".repeat(71))).containsExactly(67, 4);
        assertThat(lengths("Ç".repeat(160))).containsExactly(160);
    }

    @Test
    @DisplayName("a surrogate pair stays whole")
    void surrogates() {
        assertThat(Segments.of("a".repeat(66) + WAVE + "b".repeat(5)))
                .containsExactly("a".repeat(66), WAVE + "b".repeat(5));
        assertThat(lengths(WAVE.repeat(40))).containsExactly(66, 14);
    }

    @Property
    void joinedTheyAreTheText(@ForAll("texts") String text) {
        assertThat(String.join("", Segments.of(text))).isEqualTo(text);
    }

    @Property
    void eachFitsAndNothingIsCutApart(@ForAll("texts") String text) {
        var segments = Segments.of(text);
        boolean gsm = text.chars().allMatch(SegmentsTest::isGsm);
        int limit = gsm ? (segments.size() == 1 ? 160 : 153) : segments.size() == 1 ? 70 : 67;
        for (var segment : segments) {
            assertThat(gsm ? septets(segment) : segment.length()).isLessThanOrEqualTo(limit);
            if (segments.size() > 1) {
                assertThat(segment).isNotEmpty();
            }
        }
        for (int i = 0; i + 1 < segments.size(); i++) {
            assertThat(
                            Character.isSurrogatePair(
                                    segments.get(i).charAt(segments.get(i).length() - 1),
                                    segments.get(i + 1).charAt(0)))
                    .isFalse();
        }
    }

    @Provide
    Arbitrary<String> texts() {
        var gsm = Arbitraries.strings().withChars("abcXYZ 019@£éÄΩ€[]^\n\r").ofMaxLength(700);
        var wide =
                Arbitraries.of("a", "я", WAVE, "é", "€", "\uD83D", "漢", "\u0000")
                        .list()
                        .ofMaxSize(400)
                        .map(parts -> String.join("", parts));
        var any = Arbitraries.strings().ofMaxLength(400);
        return Arbitraries.oneOf(gsm, wide, any);
    }

    /// Read from the specification's rows, not from the tested table.
    private static boolean isGsm(int character) {
        return character == '\n'
                || character == '\r'
                || character == '\f'
                || (character >= ' ' && character <= '~' && character != '`')
                || "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€".indexOf(character) >= 0;
    }

    private static int septets(String text) {
        return text.chars().map(character -> "\f^{}\\[~]|€".indexOf(character) >= 0 ? 2 : 1).sum();
    }

    private static List<Integer> lengths(String text) {
        return Segments.of(text).stream().map(String::length).toList();
    }
}
