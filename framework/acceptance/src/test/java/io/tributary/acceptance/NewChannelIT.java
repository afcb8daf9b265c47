package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("tributary new-channel")
@Timeout(900)
final class NewChannelIT {

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("makes a project that compiles, keeps the contract and becomes a jar, offline")
    void verifies() throws Exception {
        var said =
                Distribution.BUILT.run(
                        Map.of(),
                        "new-channel",
                        "kiosk-print",
                        "--package",
                        "org.example.print",
                        "--dir",
                        folder.resolve("mine").toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        var shell = new Shell(folder.resolve("mine"), Map.of());

        var built = shell.maven("verify");

        assertThat(built.exit()).as(built.text()).isZero();
        assertThat(built.text()).containsPattern("Tests run: [45]\\d, Failures: 0, Errors: 0");
        assertThat(built.text()).doesNotContain("WARNING] COMPILATION");
        Path jar = folder.resolve("mine/target/kiosk-print-0.1.0-SNAPSHOT.jar");
        var inspected = Distribution.BUILT.run(Map.of(), "plugin", "inspect", jar.toString());
        assertThat(inspected.out())
                .contains("kiosk-print 0.1.0-SNAPSHOT", "ReceivesWebhooks, Sends", "Kiosk print")
                .contains("score card    silver by its builder's own account")
                .doesNotContain("other classes")
                .containsOnlyOnce("BAD")
                .contains("BAD  it is not signed");
    }

    @ParameterizedTest
    @CsvSource({
        "Paging, com.example.paging, 2, a channel is named by lower-case letters",
        "paging, com.example.new, 2, com.example.new is no Java package",
        "paging, io.tributary.paging, 2, packages below io.tributary are not yours",
        "new, '', 2, com.example.new is no Java package"
    })
    @DisplayName("says what is wrong with a name, and makes nothing")
    void wrongNames(String name, String javaPackage, int exit, String why) throws Exception {
        Path where = folder.resolve("nothing");
        String[] words =
                javaPackage.isEmpty()
                        ? new String[] {"new-channel", name, "--dir", where.toString()}
                        : new String[] {
                            "new-channel", name, "--dir", where.toString(), "--package", javaPackage
                        };

        var said = Distribution.BUILT.run(Map.of(), words);

        assertThat(said.exit()).isEqualTo(exit);
        assertThat(said.err()).contains(why);
        assertThat(where).doesNotExist();
    }

    @Test
    @DisplayName("overwrites nothing")
    void keepsWhatIsThere() throws Exception {
        Path there = Files.createDirectory(folder.resolve("there"));
        Files.writeString(there.resolve("notes.txt"), "mine");

        var said =
                Distribution.BUILT.run(
                        Map.of(), "new-channel", "paging", "--dir", there.toString());

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("is not empty");
        assertThat(there).isDirectoryNotContaining("glob:**/pom.xml");
    }
}
