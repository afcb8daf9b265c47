package io.tributary.samples.firstlight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the demo of the README")
final class FirstLightIT {

    private static final Pattern SETTINGS = Pattern.compile("(TRIBUTARY_[A-Z]+)=(\\S+)");

    private static final Path DISTRIBUTION = Path.of("../../framework/host/target/tributary");

    @TempDir Path folder = Path.of("");

    private ProcessBuilder demo(Path temporary, Path home, String... more) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                FirstLight.class.getName(),
                                DISTRIBUTION.toAbsolutePath().normalize().toString()));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(
                        Map.of(
                                "TRIBUTARY_JAVA_OPTIONS",
                                "-Xms256m -XX:+UseG1GC -Djava.io.tmpdir=" + temporary,
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "HOME",
                                home.toString()));
        return builder.directory(Files.createDirectory(folder.resolve("here")).toFile());
    }

    @Test
    @Timeout(300)
    @DisplayName("takes every channel of this project while it runs")
    void channelsJoin() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Process demo = demo(temporary, home).redirectErrorStream(true).start();
        try (var said = demo.inputReader(StandardCharsets.UTF_8)) {
            Map<String, String> operator = new HashMap<>();
            for (String line = said.readLine();
                    line != null && !line.contains("Ctrl-C");
                    line = said.readLine()) {
                var words = SETTINGS.matcher(line);
                while (words.find()) {
                    operator.put(words.group(1), words.group(2));
                }
            }
            assertThat(operator).containsOnlyKeys("TRIBUTARY_TOKEN", "TRIBUTARY_URL");

            for (String channel :
                    List.of(
                            "webchat",
                            "kiosk",
                            "social-meta",
                            "social-telegram",
                            "wearables-mqtt",
                            "sms-smpp",
                            "voice-twilio")) {
                assertThat(tributary(operator, "plugin", "add", jar(channel))).contains(channel);
            }
            assertThat(tributary(operator, "plugin", "list"))
                    .containsPattern("webchat +\\S+ +serving")
                    .containsPattern("kiosk +\\S+ +serving")
                    .containsPattern("social-meta +\\S+ +serving")
                    .containsPattern("social-telegram +\\S+ +serving")
                    .containsPattern("wearables-mqtt +\\S+ +serving")
                    .containsPattern("sms-smpp +\\S+ +serving")
                    .containsPattern("voice-twilio +\\S+ +serving");
        } finally {
            List<ProcessHandle> children = demo.descendants().toList();
            demo.destroy();
            demo.onExit().join();
            children.forEach(child -> child.onExit().join());
        }
    }

    /// What Maven has built of a channel.
    private static String jar(String channel) throws IOException {
        Path built = Path.of("../../plugins", channel, "target").toAbsolutePath().normalize();
        try (var jars = Files.newDirectoryStream(built, channel + "-[0-9]*SNAPSHOT.jar")) {
            return jars.iterator().next().toString();
        }
    }

    private String tributary(Map<String, String> operator, String... words) throws Exception {
        var command = new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/tributary").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(operator);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    @Timeout(300)
    @DisplayName("tells its tale to the end, ends well, and leaves no process and no file")
    void once() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process demo =
                demo(temporary, home, "once")
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
