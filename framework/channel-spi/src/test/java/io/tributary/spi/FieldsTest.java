package io.tributary.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.spi.Fields.Field;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("form fields")
class FieldsTest {

    @Test
    @DisplayName("keep order, repeats and empty values")
    void orderAndRepeats() {
        assertThat(decode("b=2&a=1&b=3&empty=&bare&=nameless&&").all())
                .containsExactly(
                        new Field("b", "2"),
                        new Field("a", "1"),
                        new Field("b", "3"),
                        new Field("empty", ""),
                        new Field("bare", ""),
                        new Field("", "nameless"));
    }

    @Test
    @DisplayName("are decoded: blanks, escapes, more equals signs, all of Unicode")
    void decoded() {
        var fields = decode("Body=a+b%20c%2B%26&sum=1=2&%C3%A9=%f0%9F%91%8d");

        assertThat(fields.first("Body")).isEqualTo("a b c+&");
        assertThat(fields.first("sum")).isEqualTo("1=2");
        assertThat(fields.first("é")).isEqualTo("👍");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%4g", "a=%-1", "%=1", "a=1&b=%zz", "a=%%41"})
    @DisplayName("with a broken escape are malformed, and the message does not repeat them")
    void brokenEscape(String form) {
        assertThatThrownBy(() -> decode(form))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("broken percent escape at byte")
                .hasMessageNotContaining(form);
    }

    @Test
    @DisplayName("keep a text with a byte that is no UTF-8")
    void notUtf8() {
        assertThat(decode("a=x%FFy").first("a")).isEqualTo("x\uFFFDy");
    }

    @Test
    @DisplayName("are refused in masses")
    void tooMany() {
        assertThatThrownBy(() -> decode("a&".repeat(10_001)))
                .isInstanceOf(Malformed.class)
                .hasMessage("more than 10000 fields");
    }

    @Test
    @DisplayName("are found by name, or said to be missing")
    void byName() {
        var fields = Fields.of("a", "1").with("b", "2").with("a", "3");

        assertThat(fields.all("a")).containsExactly("1", "3");
        assertThat(fields.need("b")).isEqualTo("2");
        assertThat(fields.first("A")).isNull();
        assertThatThrownBy(() -> fields.need("c"))
                .isInstanceOf(Malformed.class)
                .hasMessage("field c is missing");
    }

    @Test
    @DisplayName("come back from what they encode to, whatever is in them")
    void roundTrip() {
        var random = new Random(7);
        for (int run = 0; run < 500; run++) {
            var fields = Fields.of(text(random), text(random)).with(text(random), text(random));

            assertThat(Fields.decode(fields.encode())).isEqualTo(fields);
        }
    }

    @Test
    @DisplayName("are encoded as browsers do it")
    void encoded() {
        assertThat(Fields.of("a b", "1+1=2&é~").with("x", "*-._").encode().utf8())
                .isEqualTo("a+b=1%2B1%3D2%26%C3%A9%7E&x=*-._");
    }

    @Test
    @DisplayName("do not print what they hold")
    void silent() {
        assertThat(Fields.of("Body", "private")).hasToString("Fields[1]");
        assertThat(new Field("Body", "private")).hasToString("Field[Body]");
    }

    @Test
    @DisplayName("leave the bytes they are read from alone")
    void readOnly() {
        var body = Bytes.utf8("a=%41%42");

        assertThat(Fields.decode(body)).isEqualTo(Fields.decode(body));
        assertThat(body.utf8()).isEqualTo("a=%41%42");
    }

    private static Fields decode(String form) {
        return Fields.decode(Bytes.utf8(form));
    }

    private static String text(Random random) {
        var text = new StringBuilder("x");
        for (int length = random.nextInt(12); length > 0; length--) {
            int point = random.nextInt(Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                            ? '&'
                            : point);
        }
        return text.toString();
    }
}
