package io.tributary.host.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the master key")
class MasterKeysTest {

    private static final Bytes PLAIN = Bytes.utf8("sesame");
    private static final String FIRST = key((byte) 1);
    private static final String SECOND = key((byte) 2);

    @TempDir Path folder;

    @Test
    @DisplayName("opens what it sealed, and what it seals shows nothing of it")
    void roundTrip() throws Exception {
        var keys = MasterKeys.open(folder, FIRST);

        var sealed = keys.seal(PLAIN, "pager-us token");

        assertThat(keys.open(sealed, "pager-us token")).isEqualTo(PLAIN);
        assertThat(new String(sealed.toArray(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("sesame");
        assertThat(keys.seal(PLAIN, "pager-us token")).isNotEqualTo(sealed);
    }

    @Test
    @DisplayName("opens nothing that was sealed as something else, or changed in any byte")
    void tampered() throws Exception {
        var keys = MasterKeys.open(folder, FIRST);
        var sealed = keys.seal(PLAIN, "pager-us token");

        assertThatThrownBy(() -> keys.open(sealed, "pager-eu token"))
                .isInstanceOf(SecretsUnusable.class)
                .hasMessageContaining("belongs elsewhere");
        for (int i = 0; i < sealed.length(); i++) {
            var changed = sealed.toArray();
            changed[i] ^= 1;
            assertThatThrownBy(() -> keys.open(Bytes.wrap(changed), "pager-us token"))
                    .as("byte " + i)
                    .isInstanceOf(SecretsUnusable.class);
        }
        assertThatThrownBy(() -> keys.open(Bytes.EMPTY, "x")).isInstanceOf(SecretsUnusable.class);
    }

    @Test
    @DisplayName("is made once in the data folder, for its owner's eyes only")
    void madeOnce() throws Exception {
        var sealed = MasterKeys.open(folder, null).seal(PLAIN, "x");

        assertThat(MasterKeys.open(folder, " ").open(sealed, "x")).isEqualTo(PLAIN);
        var file = folder.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("master.key");
    }

    @Test
    @DisplayName("is refused when others may read it")
    void readableByOthers() throws Exception {
        var file = fileWith(FIRST);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> MasterKeys.open(folder, null))
                .isInstanceOf(SecretsUnusable.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600");
    }

    @Test
    @DisplayName("is refused when it has not 32 bytes, without being shown")
    void wrongSize() throws Exception {
        fileWith("c2hvcnQ=");

        assertThatThrownBy(() -> MasterKeys.open(folder, null))
                .hasMessageContaining("line 1 holds 5 bytes instead of 32")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> MasterKeys.open(folder.resolve("none"), "no base64!"))
                .hasMessageContaining("TRIBUTARY_MASTER_KEY is not base64")
                .hasMessageNotContaining("no base64!");
    }

    @Test
    @DisplayName("is refused when the file is there and empty, since what it sealed needs it")
    void emptyFile() throws Exception {
        fileWith("");

        assertThatThrownBy(() -> MasterKeys.open(folder, null))
                .hasMessageContaining("restore it from a backup");
    }

    @Test
    @DisplayName("can be replaced: a new one seals, the old one still opens")
    void rotation() throws Exception {
        var old = MasterKeys.open(folder, FIRST).seal(PLAIN, "x");

        var rotated = MasterKeys.open(folder, SECOND + "," + FIRST);

        assertThat(rotated.open(old, "x")).isEqualTo(PLAIN);
        assertThat(rotated.outdated(old)).isTrue();
        assertThat(rotated.outdated(rotated.seal(PLAIN, "x"))).isFalse();
        assertThatThrownBy(() -> MasterKeys.open(folder, SECOND).open(old, "x"))
                .hasMessageContaining("bring the old key back");
    }

    @Test
    @DisplayName("from the environment goes before the file's, which still opens")
    void environmentBeforeFile() throws Exception {
        fileWith(FIRST);
        var old = MasterKeys.open(folder, null).seal(PLAIN, "x");

        var both = MasterKeys.open(folder, SECOND);

        assertThat(both.open(old, "x")).isEqualTo(PLAIN);
        assertThat(both.outdated(old)).isTrue();
    }

    @Test
    @DisplayName("gives each purpose a key of its own, the same every time")
    void derived() throws Exception {
        var keys = MasterKeys.open(folder, FIRST);

        assertThat(keys.derive("media links")).hasSize(32).isEqualTo(keys.derive("media links"));
        assertThat(keys.derive("media links")).isNotEqualTo(keys.derive("other"));
        assertThat(keys.toString()).isEqualTo("MasterKeys[1]");
    }

    private Path fileWith(String text) throws IOException {
        var file = Files.writeString(folder.resolve("master.key"), text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String key(byte value) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, value);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
