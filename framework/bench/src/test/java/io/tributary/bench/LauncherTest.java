package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {

    @TempDir Path project;

    private Path launcher() throws IOException {
        return Files.createDirectories(project.resolve("framework/host/target/tributary/bin"))
                .resolve("tributary");
    }

    @Test
    @DisplayName("the flags are those of the launcher that ships")
    void flags() throws IOException {
        Files.copy(Path.of("../distribution/src/bin/tributary"), launcher());

        Launcher launcher = Launcher.of(project);

        assertThat(launcher.flags())
                .contains("-XX:+ExitOnOutOfMemoryError", "-Dtributary.home=" + launcher.home())
                .containsSequence("--add-modules", "java.se")
                .doesNotContain("-cp")
                .allSatisfy(flag -> assertThat(flag).doesNotContain("$", "\\", "\""));
        assertThat(launcher.tuning()).isNotEmpty().allMatch(flag -> flag.startsWith("-X"));
    }

    @Test
    @DisplayName("a launcher that looks otherwise is not guessed at")
    void unknown() throws IOException {
        Files.writeString(launcher(), "exec java -jar x.jar\n");

        assertThatThrownBy(() -> Launcher.of(project)).hasMessageContaining("not found");
    }
}
