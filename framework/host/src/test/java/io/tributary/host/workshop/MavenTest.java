package io.tributary.host.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a Maven that fails")
final class MavenTest {

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("is shown from its first error on, however much it said before")
    void errors() throws Exception {
        assertThat(
                        shown(
                                """
                                i=0; while [ $i -lt 50 ]; do echo "chatter $i"; i=$((i+1)); done
                                echo "[ERROR] Pager.java:[3,9] cannot find symbol"
                                echo "[ERROR]"
                                echo "  symbol: class Beeper"
                                i=0; while [ $i -lt 50 ]; do echo "[ERROR] advice $i"; i=$((i+1)); done
                                exit 1
                                """))
                .contains("[ERROR] Pager.java:[3,9] cannot find symbol\n  symbol: class Beeper\n")
                .doesNotContain("chatter", "advice 40");
    }

    @Test
    @DisplayName("is shown as it ended where it names no error")
    void end() throws Exception {
        assertThat(
                        shown(
                                """
                                i=0; while [ $i -lt 50 ]; do echo "chatter $i"; i=$((i+1)); done
                                echo "Could not create the Java Virtual Machine."
                                exit 1
                                """))
                .endsWith("chatter 49\nCould not create the Java Virtual Machine.")
                .doesNotContain("chatter 5\n");
    }

    private String shown(String script) throws Exception {
        var maven = new Maven(FakeMaven.project(folder, script), true);
        return catchThrowableOfType(Faulty.class, () -> maven.run("package"))
                .complaints()
                .getFirst()
                .text();
    }
}
