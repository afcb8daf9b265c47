package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Gsm7Test {

    private static String encoded(String text) {
        return HexFormat.of().formatHex(Gsm7.encode(text).toArray());
    }

    private static String decoded(String hex) {
        return Gsm7.decode(Bytes.wrap(HexFormat.of().parseHex(hex)));
    }

    @Test
    @DisplayName("what others encode so is encoded so")
    void vectors() {
        assertThat(encoded("hello @ €")).isEqualTo("68656c6c6f2000201b65");
        assertThat(encoded("héllo")).isEqualTo("68056c6c6f");
        assertThat(encoded("[]")).isEqualTo("1b3c1b3e");
        assertThat(encoded("^{}\\~|\f")).isEqualTo("1b141b281b291b2f1b3d1b401b0a");
        assertThat(encoded("$_§¿Ü")).isEqualTo("02115f605e");
        assertThat(decoded("68656c6c6f2000201b65")).isEqualTo("hello @ €");
    }

    @Test
    @DisplayName("an escape at the end or before what is no extension loses no character")
    void escapes() {
        assertThat(decoded("411b")).isEqualTo("A ");
        assertThat(decoded("1b41")).isEqualTo("A");
        assertThat(decoded("1b1b65")).isEqualTo(" e");
    }

    @Test
    @DisplayName("an octet that is no septet is seen to be none")
    void noSeptet() {
        assertThat(decoded("41e442")).isEqualTo("A\uFFFDB");
    }

    @Test
    @DisplayName("the escape itself is no character, nor is what is outside the alphabet")
    void outside() {
        assertThat(Gsm7.septets('\u001B')).isZero();
        assertThat(Gsm7.septets('`')).isZero();
        assertThat(Gsm7.septets('я')).isZero();
        assertThatThrownBy(() -> Gsm7.encode("я")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Gsm7.encode("\u001B"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void whatIsInTheAlphabetComesBack(@ForAll("texts") String text) {
        var septets = Gsm7.encode(text);

        assertThat(Gsm7.decode(septets)).isEqualTo(text);
        assertThat(septets.length()).isEqualTo(text.chars().map(c -> Gsm7.septets((char) c)).sum());
    }

    @Property
    void noOctetsBreakIt(@ForAll byte[] octets) {
        assertThat(Gsm7.decode(Bytes.wrap(octets))).hasSizeLessThanOrEqualTo(octets.length);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./019:;<=>?¡AZÄÖÑÜ§¿az")
                .withChars("äöñüà\f^{}\\[~]|€")
                .ofMaxLength(300);
    }
}
