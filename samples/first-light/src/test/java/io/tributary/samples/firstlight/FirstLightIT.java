package io.tributary.samples.firstlight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the demo of the README")
final class FirstLightIT {

    private static final Path DISTRIBUTION = Path.of("../../framework/host/target/tributary");

    @TempDir Path folder = Path.of("");

    @Test
    @Timeout(300)
    @DisplayName("tells its tale to the end, ends well, and leaves no process and no file")
    void once() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstLight.class.getName(),
                        DISTRIBUTION.toAbsolutePath().normalize().toString(),
                        "once");
        builder.environment()
                .putAll(
                        Map.of(
                                "TRIBUTARY_JAVA_OPTIONS",
                                "-Xms256m -XX:+UseG1GC -Djava.io.tmpdir=" + temporary,
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "HOME",
                                home.toString()));
        Process demo =
                builder.directory(Files.createDirectory(folder.resolve("here")).toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        Set<ProcessHandle> children = new HashSet<>();
        while (!demo.waitFor(50, TimeUnit.MILLISECONDS)) {
            demo.descendants().forEach(children::add);
        }

        assertThat(Files.readString(err, StandardCharsets.UTF_8)).isEmpty();
        assertThat(Files.readString(out, StandardCharsets.UTF_8))
                .containsSubsequence(
                        "A member of Tributary is up after",
                        "A stand-in for the SMS provider is up:",
                        "The account 'sms-demo' is configured",
                        "customer   A customer writes an SMS",
                        "“Is my bike ready?”",
                        "provider   The signed webhook is answered 200",
                        "stream     #1  sms-twilio  +15005550100 → +15005550006",
                        "agent      Replies:",
                        "→ 202, #2 in the log",
                        "receipt: accepted",
                        "receipt: delivered",
                        "customer   The phone shows: “It is, until six today.”");
        assertThat(demo.exitValue()).isZero();
        assertThat(children).as("the member was seen").isNotEmpty();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
        assertThat(home).isEmptyDirectory();
        assertThat(folder.resolve("here")).isEmptyDirectory();
    }
}
