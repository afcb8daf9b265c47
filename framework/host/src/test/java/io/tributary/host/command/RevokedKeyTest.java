package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("when the key was stolen that signed a plugin")
final class RevokedKeyTest {

    @TempDir Path folder = Path.of("");

    private Member member;
    private String jar = "";
    private String keys = "";
    private String stolen = "";

    @BeforeEach
    void start() throws Exception {
        Said old = Said.by("plugin", "keygen", at("old"));
        Said other = Said.by("plugin", "keygen", at("other"));
        stolen = old.out().replaceAll("(?s)^Made (\\S+):.*", "$1");
        keys = list(old) + list(other).substring("keys:\n".length());
        jar = Lamp.jar(folder, "lamp", "1.0.0").toString();
        sign("old");
        member = member("");
        assertThat(member.run("plugin", "add", jar).exit()).isEqualTo(Exit.OK);
        member.run("account", "put", "hall", "--channel", "lamp");
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    @DisplayName("its plugins do not serve after a restart, which is told, until signed anew")
    void revoked() throws Exception {
        restart("revoked-keys: [" + stolen + "]\n");

        Said listed = member.run("plugin", "list");
        assertThat(listed.out())
                .doesNotContain("serving  lamp")
                .contains("refused: lamp (kept): it is signed with " + stolen)
                .contains("which the trust list revokes", "its accounts are down");
        assertThat(member.run("account", "list").out()).contains("down");
        assertThat(member.run("plugin", "add", jar).err()).contains("which the trust list revokes");

        sign("other");
        assertThat(member.run("plugin", "add", jar).out()).isEqualTo("Plugin lamp 1.0.0 serves.\n");
        assertThat(member.run("plugin", "list").out()).doesNotContain("(kept)");
        assertThat(health()).isEqualTo("up");
        restart("revoked-keys: [" + stolen + "]\n");
        assertThat(health()).isEqualTo("up");
    }

    @Test
    @DisplayName("a jar that is signed anew before needs no other version, and serves on")
    void signedAnew() throws Exception {
        sign("other");
        assertThat(member.run("plugin", "add", jar).out())
                .isEqualTo("Plugin lamp 1.0.0 serves already.\n");

        restart("revoked-keys: [" + stolen + "]\n");

        assertThat(health()).isEqualTo("up");
        assertThat(member.run("plugin", "list").out()).doesNotContain("(kept)");
    }

    private String health() {
        return member.run("plugin", "status", "lamp", "--json")
                .json()
                .path("accounts")
                .path(0)
                .path("health")
                .asString();
    }

    private void sign(String key) {
        Said said = Said.by("plugin", "sign", jar, "--key", at(key + ".key"));
        assertThat(said.exit()).as(said.all()).isEqualTo(Exit.OK);
    }

    private void restart(String revoked) throws Exception {
        member.close();
        member = member(revoked);
    }

    private Member member(String revoked) throws Exception {
        Path trust = folder.resolve("trust.yaml");
        write(trust, keys + revoked);
        return Member.start(
                folder,
                Map.of(
                        "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                        "false",
                        "TRIBUTARY_PLUGINS_TRUST",
                        trust.toString()));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private static String list(Said made) {
        return made.out().substring(made.out().indexOf("keys:"));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
