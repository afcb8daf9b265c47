package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.host.artifacts.SigningKeys;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("plugins.trust")
final class PluginTrustTest {

    @TempDir Path folder;

    @Test
    @DisplayName(
            "names a file beside tributary.yaml, and unsigned plugins are allowed only if that is said")
    void configured() throws Exception {
        var pair = SigningKeys.generate();
        Files.writeString(
                folder.resolve("trust.yaml"),
                "keys: [{key: \"%s\", plugins: [pager]}]\n"
                        .formatted(SigningKeys.line(pair.getPublic())));

        Trust trust = of("plugins: {trust: trust.yaml}\n");

        assertThat(trust.keys())
                .singleElement()
                .satisfies(each -> assertThat(each.key()).isEqualTo(pair.getPublic()));
        assertThat(trust.allowUnsigned()).isFalse();
        assertThat(of("plugins: {allow-unsigned: true}\n").allowUnsigned()).isTrue();
        assertThat(of("").keys()).isEmpty();
    }

    @Test
    @DisplayName("with a key that is none is told of with its place")
    void noKey() throws Exception {
        Files.writeString(
                folder.resolve("trust.yaml"), "keys:\n  - plugins: [pager]\n    key: MCow\n");

        var wrong =
                catchThrowableOfType(
                        Misconfigured.class, () -> of("plugins: {trust: trust.yaml}\n"));

        assertThat(wrong.mistakes())
                .singleElement()
                .hasToString(
                        "trust.yaml:3:5 keys: is no public key: the public key in it is not an"
                                + " Ed25519 key; copy what `tributary plugin keygen` showed");
    }

    private Trust of(String yaml) throws Exception {
        Path file = folder.resolve("tributary.yaml");
        Files.writeString(file, yaml);
        return PluginTrust.of(Configuration.load(file, Map.of()).plugins());
    }
}
