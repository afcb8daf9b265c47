package io.tributary.host.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the trust list")
final class TrustFileTest {

    @TempDir Path folder;

    @Test
    @DisplayName("is read whole, and each key keeps its place")
    void read() throws Exception {
        TrustFile list =
                read(
                        """
                        keys:
                          - key: MCow
                            owner: Acme
                            plugins: [pager, acme-*, "*"]
                          - key: |
                              -----BEGIN PUBLIC KEY-----
                              MCox
                              -----END PUBLIC KEY-----
                            plugins: [kiosk]
                        revoked-keys: [ed25519-0123456789abcdef0123456789abcdef]
                        revoked-artifacts: [%s]
                        """
                                .formatted("a".repeat(64)));

        assertThat(list.keys()).hasSize(2);
        assertThat(list.keys().getFirst().owner()).isEqualTo("Acme");
        assertThat(list.keys().getFirst().plugins()).containsExactly("pager", "acme-*", "*");
        assertThat(list.keys().getFirst().place()).hasToString("trust.yaml:2:5");
        assertThat(list.keys().getLast().text()).contains("MCox");
        assertThat(list.revokedKeys()).containsExactly("ed25519-0123456789abcdef0123456789abcdef");
        assertThat(list.revokedArtifacts()).containsExactly("a".repeat(64));
        assertThat(read("").keys()).isEmpty();
    }

    @Test
    @DisplayName("tells every mistake with its line and column, and what was probably meant")
    void mistakes() throws Exception {
        assertThat(
                        mistakes(
                                """
                                keys:
                                  - key: MCow
                                    plugin: [pager]
                                  - key: MCow
                                    plugins: [Pager]
                                revoked-keys: [MCow]
                                revoked-artifacts:
                                  - 1234
                                revokd-keys: []
                                """))
                .anySatisfy(each ->
                        assertThat(each)
                                .startsWith("trust.yaml:3:5")
                                .contains("did you mean 'plugins'?"))
                .anySatisfy(each ->
                        assertThat(each)
                                .startsWith("trust.yaml:5:")
                                .contains("must be a plugin's id"))
                .anySatisfy(each ->
                        assertThat(each).startsWith("trust.yaml:6:").contains("must be a key's id"))
                .anySatisfy(each -> assertThat(each).startsWith("trust.yaml:8:").contains("string"))
                .anySatisfy(each ->
                        assertThat(each)
                                .startsWith("trust.yaml:9:1")
                                .contains("did you mean 'revoked-keys'?"));
        assertThat(mistakes("keys: all\n"))
                .singleElement()
                .asString()
                .contains("trust.yaml:1:1 keys: must be of type array");
    }

    @Test
    @DisplayName("that is not there is told of, and not taken for an empty one")
    void missing() {
        var wrong =
                catchThrowableOfType(
                        Misconfigured.class, () -> TrustFile.read(folder.resolve("none.yaml")));

        assertThat(wrong.mistakes())
                .singleElement()
                .satisfies(each -> assertThat(each.text()).contains("does not exist"));
    }

    private TrustFile read(String yaml) throws Exception {
        Path file = folder.resolve("trust.yaml");
        Files.writeString(file, yaml);
        return TrustFile.read(file);
    }

    private List<String> mistakes(String yaml) {
        return catchThrowableOfType(Misconfigured.class, () -> read(yaml)).mistakes().stream()
                .map(Mistake::toString)
                .toList();
    }
}
