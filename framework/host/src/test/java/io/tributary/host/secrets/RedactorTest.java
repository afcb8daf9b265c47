package io.tributary.host.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a secret")
class RedactorTest {

    private static final String SECRET = "open \"sesame\" & co";

    @TempDir Path folder;

    @Test
    @DisplayName("is blanked out of texts in every usual form")
    void redacted() {
        var redactor = new Redactor();
        try (var _ = redactor.hold(List.of(SECRET))) {
            assertThat(redactor.redact("said " + SECRET + "!")).isEqualTo("said ***!");
            assertThat(redactor.redact("?t=open+%22sesame%22+%26+co&x")).isEqualTo("?t=***&x");
            assertThat(redactor.redact("?t=open%20%22sesame%22%20%26%20co&x"))
                    .isEqualTo("?t=***&x");
            assertThat(redactor.redact("{\"t\":\"open \\\"sesame\\\" & co\"}"))
                    .isEqualTo("{\"t\":\"***\"}");
            assertThat(
                            redactor.redact(
                                    Base64.getEncoder()
                                            .encodeToString(
                                                    SECRET.getBytes(StandardCharsets.UTF_8))))
                    .startsWith("***");
        }
    }

    @Test
    @DisplayName("is blanked out whole, also where a shorter one is part of it")
    void longestFirst() {
        var redactor = new Redactor();
        try (var _ = redactor.hold(List.of("sesame", "sesame-street"))) {
            assertThat(redactor.redact("a sesame-street b sesame")).isEqualTo("a *** b ***");
        }
    }

    @Test
    @DisplayName("is blanked out as long as anybody holds it")
    void heldTwice() {
        var redactor = new Redactor();
        var first = redactor.hold(List.of("sesame"));
        var second = redactor.hold(List.of("sesame"));

        first.close();
        assertThat(redactor.redact("sesame")).isEqualTo("***");
        second.close();
        assertThat(redactor.redact("sesame")).isEqualTo("sesame");
    }

    @Test
    @DisplayName("of less than four characters leaves texts readable")
    void tooShort() {
        var redactor = new Redactor();
        try (var _ = redactor.hold(List.of("a", ""))) {
            assertThat(redactor.redact("a banana")).isEqualTo("a banana");
        }
    }

    @Test
    @DisplayName("matches itself only, and prints as ***")
    void held() {
        var secret = new HeldSecret("sesame");

        assertThat(secret.matches("sesame")).isTrue();
        assertThat(secret.matches("sesamf")).isFalse();
        assertThat(secret.matches("sesam")).isFalse();
        assertThat(secret.matches(null)).isFalse();
        assertThat(secret.reveal()).isEqualTo("sesame");
        assertThat(secret).hasToString("***");
        assertThat(String.format("%s", secret)).isEqualTo("***");
    }

    @Test
    @DisplayName("can be in a file, whose last line end is not part of it")
    void inFile() throws Exception {
        var file = Files.writeString(folder.resolve("token"), "sesame\r\n");

        assertThat(new Reference.File(file).resolve(Map.of())).isEqualTo("sesame");
    }

    @Test
    @DisplayName("that is not where its reference says is told of by place, not by content")
    void badReferences() throws Exception {
        var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
        var empty = Files.writeString(folder.resolve("empty"), "\n");

        assertThatThrownBy(() -> new Reference.File(folder.resolve("none")).resolve(Map.of()))
                .isInstanceOf(SecretsUnusable.class)
                .hasMessageContaining("NoSuchFile");
        assertThatThrownBy(() -> new Reference.File(binary).resolve(Map.of()))
                .hasMessageContaining("is not text");
        assertThatThrownBy(() -> new Reference.File(empty).resolve(Map.of()))
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> new Reference.Environment("PAGER").resolve(Map.of()))
                .hasMessageContaining("PAGER is not set");
        assertThat(new Reference.Environment("PAGER").resolve(Map.of("PAGER", "sesame")))
                .isEqualTo("sesame");
    }
}
