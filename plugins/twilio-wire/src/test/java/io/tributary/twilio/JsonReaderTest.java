package io.tributary.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Json;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static final String WHOLE =
            "{\"sid\":\"SM1\",\"n\":[1.5,true,null,{\"x\":\"\\u00e9\"}],\"e\":-2e3}";

    @Test
    @DisplayName("objects, lists, texts, numbers, words")
    void reads() {
        var object =
                JsonReader.object(
                        Bytes.utf8(
                                " {\"sid\" : \"SM\\u00e9\\n\\/\", \"code\":21211, \"e\":-1.5e+2,"
                                        + " \"list\":[ [] , {}, true,false , null ]} "));

        assertThat(object.get("sid")).isEqualTo("SMé\n/");
        assertThat(object.get("code")).isEqualTo(21211.0);
        assertThat(object.get("e")).isEqualTo(-150.0);
        assertThat(object.get("list")).asString().isEqualTo("[[], {}, true, false, null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "[1 2]",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "0x1",
                "NaN",
                "Infinity",
                "tru",
                "nul",
                "True",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u123g\"",
                "\"a\nb\"",
                "\"\t\"",
                "1 1",
                "{} {}",
                "[1]x",
                "{\"a\":1,\"a\":2}",
                "\uFEFF{}",
                "//",
                "\u0000",
                "[\u0000]",
                "1\u0000",
                "\"\\u\uFF11\uFF11\uFF11\uFF11\"",
                "[\u00A01]"
            })
    @DisplayName("what is not JSON is not read")
    void refuses(String text) {
        assertThat(JsonReader.isJson(text)).isFalse();
        assertThat(JsonReader.object(Bytes.utf8(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1E5",
                "123456789012345678901234567890",
                "1e999999",
                "\"\u007f\u2028\"",
                "\"\\uD83D\"",
                "[]",
                "{\"\":0}",
                "[[[[]]]]",
                "\r\n\t null "
            })
    @DisplayName("what is odd and still JSON is read")
    void accepts(String text) {
        assertThat(JsonReader.isJson(text)).isTrue();
    }

    @Test
    @DisplayName("what is too deep is refused before the stack is")
    void depth() {
        assertThat(JsonReader.isJson("[".repeat(60) + "]".repeat(60))).isTrue();
        assertThat(JsonReader.isJson("[".repeat(100) + "]".repeat(100))).isFalse();
        assertThat(JsonReader.isJson("[".repeat(1_000_000))).isFalse();
        assertThat(JsonReader.isJson("{\"a\":".repeat(1_000_000))).isFalse();
    }

    @Property
    void everyTextComesBack(@ForAll String text) {
        var object = "{\"a\":" + Json.string(text).text() + "}";

        assertThat(JsonReader.isJson(object)).isTrue();
        if (text.equals(Bytes.utf8(text).utf8())) {
            assertThat(JsonReader.object(Bytes.utf8(object)).get("a")).isEqualTo(text);
        }
    }

    @Property
    void nothingBreaksIt(@ForAll("nearlyJson") String text) {
        assertThat(JsonReader.object(Bytes.utf8(text))).isNotNull();
    }

    @Property
    void aCutObjectIsNone(@ForAll("cuts") int length) {
        assertThat(JsonReader.object(Bytes.utf8(WHOLE))).hasSize(3);
        assertThat(JsonReader.object(Bytes.utf8(WHOLE.substring(0, length)))).isEmpty();
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(0, WHOLE.length() - 1);
    }

    @Provide
    Arbitrary<String> nearlyJson() {
        return Arbitraries.of(
                        List.of(
                                "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "a", "0", "-", ".",
                                "e", "true", "null", " ", "\n", "\u0000", "é"))
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }
}
