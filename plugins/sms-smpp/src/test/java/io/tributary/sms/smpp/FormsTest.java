package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How ids and numbers are written.
class FormsTest {

    private static final NumberForm BARE = new NumberForm(3, 0, "");

    @Test
    @DisplayName("an id in hexadecimal and the same in decimal are one; a text stays as it is")
    void ids() {
        assertThat(IdForm.HEX.normal("2462FFEC")).isEqualTo("610467820");
        assertThat(IdForm.HEX.normal("2462ffec")).isEqualTo("610467820");
        assertThat(IdForm.DECIMAL.normal("0610467820")).isEqualTo("610467820");
        assertThat(IdForm.TEXT.normal(" 00ABc ")).isEqualTo("00ABc");
        assertThat(IdForm.DECIMAL.normal("a-17")).isEqualTo("a-17");
        assertThat(IdForm.HEX.normal("")).isEmpty();
        assertThat(IdForm.HEX.normal("f".repeat(65))).isEqualTo("f".repeat(65));
    }

    @Test
    @DisplayName(
            "numbers of the world have a plus; what has no type has one only if the carrier says so")
    void heard() {
        assertThat(new NumberForm(1, 1, "436601234567").text(false)).isEqualTo("+436601234567");
        assertThat(new NumberForm(0, 1, "436601234567").text(false)).isEqualTo("436601234567");
        assertThat(new NumberForm(0, 1, "436601234567").text(true)).isEqualTo("+436601234567");
        assertThat(new NumberForm(2, 1, "6601234567").text(true)).isEqualTo("6601234567");
        assertThat(new NumberForm(1, 1, "+436601234567").text(false)).isEqualTo("+436601234567");
        assertThat(new NumberForm(0, 1, "12345").text(true)).isEqualTo("12345");
        assertThat(new NumberForm(5, 0, "ACME").text(true)).isEqualTo("ACME");
    }

    @Test
    @DisplayName("addresses go out as what they are: a number of the world, a short code, a name")
    void said() {
        assertThat(NumberForm.of("+436601234567", BARE))
                .isEqualTo(new NumberForm(1, 1, "436601234567"));
        assertThat(NumberForm.of("12345", BARE)).isEqualTo(new NumberForm(3, 0, "12345"));
        assertThat(NumberForm.of("ACME 24", BARE)).isEqualTo(new NumberForm(5, 0, "ACME 24"));
        assertThat(NumberForm.of("1".repeat(20), BARE).fits()).isTrue();
        assertThat(NumberForm.of("1".repeat(21), BARE).fits()).isFalse();
        assertThat(NumberForm.of("+", BARE).fits()).isFalse();
        assertThat(BARE.toString()).doesNotContain("12345");
    }
}
