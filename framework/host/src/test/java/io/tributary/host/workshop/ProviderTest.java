package io.tributary.host.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the stand-in for a provider")
final class ProviderTest {

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("answers as the project says at that moment, with another id each time")
    void scripted() throws Exception {
        var provider = new Provider(new Project(folder));
        assertThat(take(provider).status()).isEqualTo(202);

        Files.createDirectory(folder.resolve("dev"));
        Files.writeString(
                folder.resolve("dev/provider.http"), "429\nRetry-After: 3\n\nslow down, {{id}}\n");

        var first = take(provider);
        var second = take(provider);

        assertThat(first.status()).isEqualTo(429);
        assertThat(first.headers()).containsExactly(Map.entry("Retry-After", "3"));
        assertThat(first.body()).startsWith("slow down, ").isNotEqualTo(second.body());
        assertThat(provider.taken()).extracting("answered").containsExactly(202, 429, 429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OK", "99", "600", "HTTP/1.1 200"})
    @DisplayName("says what is wrong with its script")
    void wrong(String script) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Provider.Answered.read(script))
                .withMessageContaining("dev/provider.http");
    }

    private static Provider.Answered take(Provider provider) throws Exception {
        return provider.take("POST", "/texts", Map.of("x-id", List.of("1")), "hello");
    }
}
