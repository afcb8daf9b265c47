package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.plugins.PluginJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("tributary plugin")
final class PluginCommandsTest {

    @TempDir Path folder;

    private Path jar = Path.of("");

    @BeforeEach
    void makeJar() {
        jar =
                PluginJar.plain("pager", "1.4.0")
                        .manifest("Tributary-Channels", "pager")
                        .manifest("Tributary-Secrets", "token")
                        .manifest("Tributary-Identities", "phone")
                        .source(
                                "plain.pager.Able",
                                "package plain.pager; abstract class Able implements"
                                        + " io.tributary.spi.Reconciles, io.tributary.spi.ReceivesWebhooks {}")
                        .entry(
                                "META-INF/README.md",
                                "# Pager\n\nBeeps.\u001b[2J\n".getBytes(StandardCharsets.UTF_8))
                        .write(folder, "pager.jar");
    }

    @Test
    @DisplayName("leads from a new key to a jar that a member with the printed trust list takes")
    void wholeWay() throws Exception {
        Said made =
                Said.by(
                        "plugin",
                        "keygen",
                        at("acme"),
                        "--owner",
                        "Acme: \"A\"",
                        "--plugins",
                        "pag*");
        assertThat(made.exit()).as(made.err()).isEqualTo(Exit.OK);
        String list = made.out().substring(made.out().indexOf("keys:"));
        Files.writeString(folder.resolve("trust.yaml"), list);
        Files.writeString(folder.resolve("tributary.yaml"), "plugins: {trust: trust.yaml}\n");

        Said signed = Said.by("plugin", "sign", jar.toString(), "--key", at("acme.key"));
        Said trusted = Said.by("plugin", "verify", jar.toString(), "--trust", at("trust.yaml"));
        Said configured =
                Said.by("plugin", "verify", jar.toString(), "--config", at("tributary.yaml"));
        Said byKey = Said.by("plugin", "verify", jar.toString(), "--key", at("acme.pub"), "--json");
        Said nobody = Said.by("plugin", "verify", jar.toString());

        assertThat(signed.out()).startsWith("Signed ").contains(" with ed25519-");
        assertThat(trusted.out()).startsWith("pager 1.4.0 is taken: Acme: \"A\" (ed25519-");
        assertThat(configured.out()).isEqualTo(trusted.out());
        assertThat(byKey.json().path("version").asString()).isEqualTo("1.4.0");
        assertThat(nobody.exit()).isEqualTo(Exit.REFUSED);
        assertThat(nobody.err()).contains("pager.jar: it is signed with ed25519-", "does not name");
    }

    @Test
    @DisplayName("keygen keeps the private key from others, and overwrites none")
    void keygen() throws Exception {
        assertThat(Said.by("plugin", "keygen", at("acme")).exit()).isEqualTo(Exit.OK);
        String before = Files.readString(folder.resolve("acme.key"));

        Said again = Said.by("plugin", "keygen", at("acme"));

        assertThat(again.exit()).isEqualTo(Exit.REFUSED);
        assertThat(again.err()).contains("acme.key is there already");
        assertThat(Files.readString(folder.resolve("acme.key"))).isEqualTo(before);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("acme.key"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("acme.pub"))).doesNotContain("PRIVATE");
        assertThat(again.all()).doesNotContain(before.lines().toList().get(1));
    }

    @Test
    @DisplayName(
            "sign writes where it is told, the same each time, and says what is wrong with a key")
    void sign() throws Exception {
        Said.by("plugin", "keygen", at("acme"));
        byte[] before = Files.readAllBytes(jar);

        Said one =
                Said.by(
                        "plugin",
                        "sign",
                        jar.toString(),
                        "--key",
                        at("acme.key"),
                        "--output",
                        at("one.jar"),
                        "--json");
        Said.by(
                "plugin",
                "sign",
                at("one.jar"),
                "--key",
                at("acme.key"),
                "--output",
                at("two.jar"));
        Said wrong = Said.by("plugin", "sign", jar.toString(), "--key", at("acme.pub"));

        assertThat(one.json().path("key").asString()).startsWith("ed25519-");
        assertThat(folder.resolve("one.jar")).hasSameBinaryContentAs(folder.resolve("two.jar"));
        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
        assertThat(wrong.exit()).isEqualTo(Exit.REFUSED);
        assertThat(wrong.err()).contains("acme.pub is no key to sign with: there is no line");
    }

    @Test
    @DisplayName("inspect shows everything that can be known without running the jar")
    void inspect() throws Exception {
        Said shown = Said.by("plugin", "inspect", jar.toString());
        JsonNode json = Said.by("plugin", "inspect", jar.toString(), "--json").json();

        assertThat(shown.exit()).isEqualTo(Exit.REFUSED);
        assertThat(shown.out())
                .contains("plugin        pager 1.4.0")
                .contains("SPI           0.1 up to, not including, 0.2")
                .contains("channels      pager")
                .contains("abilities     ReceivesWebhooks, Reconciles, Sends")
                .contains("identities    phone")
                .contains("secrets       token")
                .contains("score card    none; it was not built with the testkit's contract")
                .contains("signed by     nobody")
                .contains("  | # Pager", "  | Beeps.␛[2J")
                .contains("BAD  it is not signed");
        assertThat(json.path("sha256").asString()).matches("[0-9a-f]{64}");
        assertThat(json.path("bytes").asLong()).isEqualTo(Files.size(jar));
        assertThat(json.path("abilities").toString())
                .isEqualTo("[\"ReceivesWebhooks\",\"Reconciles\",\"Sends\"]");
        assertThat(json.path("reasons")).hasSize(1);
    }

    @Test
    @DisplayName("inspect shows the score card, what it lacks, and whether it is of these classes")
    void inspectScore() {
        PluginJar.plain("pager", "1.4.0")
                .entry(
                        "META-INF/tributary/score-card.json",
                        """
                        {"format": 1, "grade": "bronze", "channel": "pager", "spi": "0.1",
                         "classes": {"packages": ["plain"], "sha256": "of others"},
                         "checks": [
                           {"grade": "bronze", "promise": "is honest", "result": "passed"},
                           {"grade": "silver", "promise": "keeps its word", "result": "failed",
                            "text": "Do\\u001b[2J better."}]}
                        """
                                .getBytes(StandardCharsets.UTF_8))
                .write(folder, "scored.jar");

        Said shown = Said.by("plugin", "inspect", at("scored.jar"));
        JsonNode json = Said.by("plugin", "inspect", at("scored.jar"), "--json").json();

        assertThat(shown.out())
                .contains("score card    bronze by its builder's own account, for SPI 0.1")
                .contains("1 passed, 1 failed")
                .contains("made from other classes than those in the jar")
                .contains("silver, failed: keeps its word. Do?[2J better.");
        assertThat(json.path("scoreCard").path("grade").asString()).isEqualTo("bronze");
        assertThat(json.path("scoreCard").path("current").asBoolean(true)).isFalse();
        assertThat(json.path("scoreCard").path("checks")).hasSize(2);
    }

    @Test
    @DisplayName("inspect tells every reason at once, of what is no jar as well")
    void inspectBad() throws Exception {
        PluginJar.plain("pager", "1.4.0")
                .without("META-INF/README.md")
                .provides("pager.Missing")
                .write(folder, "bad.jar");
        Files.writeString(folder.resolve("none.jar"), "no jar at all, but long enough for one");

        JsonNode bad = Said.by("plugin", "inspect", at("bad.jar"), "--json").json();
        Said none = Said.by("plugin", "inspect", at("none.jar"));
        Said missing = Said.by("plugin", "inspect", at("missing.jar"));

        assertThat(bad.path("reasons"))
                .satisfiesExactly(
                        each -> assertThat(each.asString()).contains("no README.md"),
                        each -> assertThat(each.asString()).contains("pager.Missing"),
                        each -> assertThat(each.asString()).contains("not signed"));
        assertThat(none.out()).contains("BAD  it is no readable jar");
        assertThat(missing.err()).contains("missing.jar: it is not there");
    }

    @Test
    @DisplayName("digest prints what sha256sum would, whoever signed the jar")
    void digest() throws Exception {
        Said before = Said.by("plugin", "digest", folder.toString());
        Said.by("plugin", "keygen", at("acme"));
        Said.by("plugin", "sign", jar.toString(), "--key", at("acme.key"));

        assertThat(before.out()).matches("[0-9a-f]{64}  pager\\.jar\n");
        assertThat(Said.by("plugin", "digest", jar.toString())).isEqualTo(before);
    }

    @Test
    @DisplayName("says where the trust list is wrong")
    void wrongTrust() throws Exception {
        Files.writeString(folder.resolve("trust.yaml"), "kesy: []\n");

        Said said = Said.by("plugin", "verify", jar.toString(), "--trust", at("trust.yaml"));

        assertThat(said.exit()).isEqualTo(Exit.CONFIGURATION);
        assertThat(said.err()).contains("trust.yaml:1:1 kesy", "did you mean 'keys'?");
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
