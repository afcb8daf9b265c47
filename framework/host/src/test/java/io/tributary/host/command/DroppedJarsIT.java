package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("a jar in the plugins folder of a member that serves")
final class DroppedJarsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder = Path.of("");

    private Path plugins = folder;
    private Path jars = folder;
    private Member member;
    private int looks;

    @BeforeEach
    void start() throws Exception {
        jars = Files.createDirectory(folder.resolve("jars"));
        plugins = folder.resolve("plugins");
        member = Member.start(folder, Map.of("TRIBUTARY_PLUGINS_WATCH", "0s"));
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    @DisplayName("is refused while it is half copied, and serves as soon as it is whole")
    void halfCopied() throws Exception {
        byte[] whole = Files.readAllBytes(Lamp.jar(jars, "lamp", "1.0.0"));
        Path there = plugins.resolve("lamp.jar");

        Files.write(there, Arrays.copyOf(whole, whole.length / 2));
        awaited(() ->
                assertThat(refusals()).contains("\"lamp.jar\"").contains("it is no readable jar"));
        Files.write(
                there,
                Arrays.copyOfRange(whole, whole.length / 2, whole.length),
                StandardOpenOption.APPEND);

        awaited(() -> assertThat(version("lamp")).isEqualTo("1.0.0"));
        assertThat(refusals()).isEqualTo("[]");
    }

    @Test
    @DisplayName("is no other one for having another name, and serves on when it is taken away")
    void renamedAndTakenAway() throws Exception {
        Path first = Files.move(Lamp.jar(jars, "lamp", "1.0.0"), plugins.resolve("lamp.jar"));
        awaited(() -> assertThat(version("lamp")).isEqualTo("1.0.0"));

        Path second = Files.move(first, plugins.resolve("lantern.jar"));
        awaitLook();
        assertThat(history("lamp")).isEqualTo(1);

        Files.delete(second);
        awaitLook();
        assertThat(version("lamp")).isEqualTo("1.0.0");
        assertThat(refusals()).isEqualTo("[]");

        restart();
        assertThat(version("lamp")).isEqualTo("1.0.0");
    }

    @Test
    @DisplayName("gives way to the later version of two that come at once, whatever their names")
    void twoVersions() throws Exception {
        Path later = Lamp.jar(jars, "lamp", "1.1.0");
        Path earlier = Lamp.jar(jars, "lamp", "1.0.0");
        Path one = Files.move(later, plugins.resolve("a.jar"));
        Path other = Files.move(earlier, plugins.resolve("b.jar"));

        awaited(() -> assertThat(refusals()).contains("\"b.jar\"", "is older than 1.1.0"));
        assertThat(version("lamp")).isEqualTo("1.1.0");
        restart();
        assertThat(version("lamp")).isEqualTo("1.1.0");
        assertThat(refusals()).contains("\"b.jar\"");

        Files.delete(one);
        Files.delete(other);
        awaited(() -> assertThat(refusals()).isEqualTo("[]"));
        assertThat(version("lamp")).isEqualTo("1.1.0");
    }

    @Test
    @DisplayName("is one plugin where it lies there twice, also after a start")
    void twice() throws Exception {
        Path jar = Lamp.jar(jars, "lamp", "1.0.0");
        Files.copy(jar, plugins.resolve("lamp.jar"));
        Files.copy(jar, plugins.resolve("lamp (1).jar"));
        awaited(() -> assertThat(version("lamp")).isEqualTo("1.0.0"));
        awaitLook();

        assertThat(history("lamp")).isEqualTo(1);
        assertThat(refusals()).isEqualTo("[]");
        restart();
        assertThat(version("lamp")).isEqualTo("1.0.0");
        assertThat(refusals()).isEqualTo("[]");
    }

    @Test
    @DisplayName("does not bring back a plugin that was removed, until somebody adds it again")
    void removed() throws Exception {
        Path jar = Files.move(Lamp.jar(jars, "lamp", "1.0.0"), plugins.resolve("lamp.jar"));
        awaited(() -> assertThat(version("lamp")).isEqualTo("1.0.0"));

        assertThat(member.run("plugin", "remove", "lamp").exit()).isEqualTo(Exit.OK);
        awaitLook();
        assertThat(version("lamp")).isEmpty();
        restart();
        assertThat(version("lamp")).isEmpty();

        assertThat(member.run("plugin", "add", jar.toString()).exit()).isEqualTo(Exit.OK);
        restart();
        assertThat(version("lamp")).isEqualTo("1.0.0");
    }

    /// The folder was looked into since: another jar that came last was taken up.
    private void awaitLook() throws IOException {
        String last = "zz-look-" + ++looks;
        Files.move(Lamp.jar(jars, last, "1.0.0"), plugins.resolve(last + ".jar"));
        awaited(() -> assertThat(version(last)).isEqualTo("1.0.0"));
    }

    private static void awaited(ThrowingRunnable check) {
        await().atMost(PATIENCE).untilAsserted(check);
    }

    private void restart() throws Exception {
        member.close();
        member = Member.start(folder, Map.of("TRIBUTARY_PLUGINS_WATCH", "0s"));
    }

    private String refusals() {
        return list().path("refused").toString();
    }

    /// Of the plugin that serves; empty: none does.
    private String version(String plugin) {
        for (JsonNode each : list().path("items")) {
            if (each.path("id").asString().equals(plugin)) {
                return each.path("version").asString();
            }
        }
        return "";
    }

    private int history(String plugin) {
        return member.run("plugin", "status", plugin, "--json").json().path("history").size();
    }

    private JsonNode list() {
        return member.run("plugin", "list", "--json").json();
    }
}
