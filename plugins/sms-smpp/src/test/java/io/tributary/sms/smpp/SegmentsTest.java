package io.tributary.sms.smpp;

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
    private static final Profile USUAL = Sample.profile();
    private static final Profile WIDE = Sample.profile("concatenation", "udh16");
    private static final Profile LATIN = Sample.profile("alphabet", "latin1");
    private static final Profile ASCII = Sample.profile("alphabet", "ascii");

    private static List<Integer> lengths(String text, Profile profile) {
        return Segments.of(text, profile).texts().stream().map(String::length).toList();
    }

    @Test
    @DisplayName("160 septets are one message; of several each has 153, or 152 by a wide reference")
    void septets() {
        assertThat(lengths("a".repeat(160), USUAL)).containsExactly(160);
        assertThat(lengths("a".repeat(161), USUAL)).containsExactly(153, 8);
        assertThat(lengths("a".repeat(161), WIDE)).containsExactly(152, 9);
        assertThat(lengths("", USUAL)).containsExactly(0);
    }

    @Test
    @DisplayName("of Latin-1 140 octets are one message; of several each has 134")
    void octets() {
        assertThat(lengths("é".repeat(140), LATIN)).containsExactly(140);
        assertThat(lengths("é".repeat(141), LATIN)).containsExactly(134, 7);
        assertThat(Segments.of("€", LATIN).coding()).isEqualTo(DataCoding.UCS2);
    }

    @Test
    @DisplayName("a character of the extension table takes two septets and stays whole")
    void escapes() {
        assertThat(lengths("€".repeat(80), USUAL)).containsExactly(80);
        assertThat(lengths("€".repeat(81), USUAL)).containsExactly(76, 5);
        // on the air it is one of them, too, where the SMSC is given ASCII
        assertThat(lengths("{".repeat(80), ASCII)).containsExactly(80);
        assertThat(lengths("{".repeat(81), ASCII)).containsExactly(76, 5);
        assertThat(lengths("a`".repeat(80), ASCII)).containsExactly(160);
    }

    @Test
    @DisplayName("one foreign character makes all of it UTF-16: 70, else 67, or 66, each")
    void units() {
        assertThat(lengths("я".repeat(70), USUAL)).containsExactly(70);
        assertThat(lengths("я".repeat(71), USUAL)).containsExactly(67, 4);
        assertThat(lengths("я".repeat(71), WIDE)).containsExactly(66, 5);
        assertThat(lengths(WAVE.repeat(40), USUAL)).containsExactly(66, 14);
        assertThat(Segments.of("я", USUAL).coding()).isEqualTo(DataCoding.UCS2);
    }

    @Test
    @DisplayName("it shows nothing of what it says")
    void hidden() {
        assertThat(Segments.of("secret", USUAL).toString()).doesNotContain("secret");
    }

    @Property
    void joinedTheyAreTheText(@ForAll("texts") String text) {
        assertThat(String.join("", Segments.of(text, USUAL).texts())).isEqualTo(text);
    }

    @Property
    void whatIsEncodedFitsOnTheAir(@ForAll("texts") String text) {
        var segments = Segments.of(text, USUAL);
        boolean gsm = segments.coding() == DataCoding.DEFAULT;
        int one = gsm ? 160 : 140;
        int among = gsm ? 153 : 134;
        for (var segment : segments.texts()) {
            assertThat(segments.encoded(segment, Alphabet.GSM7).length())
                    .isLessThanOrEqualTo(segments.texts().size() == 1 ? one : among);
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
        return Arbitraries.oneOf(gsm, wide, Arbitraries.strings().ofMaxLength(400));
    }
}
