package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("tributary doctor")
final class DoctorTest {

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("is green before the first start, and makes nothing")
    void fresh() throws Exception {
        Path data = folder.resolve("data");

        Said said = doctor("http: {port: 0}\nplugins: {folder: " + emptyPlugins() + "}");

        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.err()).isEmpty();
        assertThat(said.lines()).allSatisfy(line -> assertThat(line).startsWith("ok"));
        assertThat(said.out()).contains("does not exist yet");
        assertThat(data).doesNotExist();
    }

    @Test
    @DisplayName("is green beside the member that runs on the folder, and after it")
    void besideMember() throws Exception {
        try (Member member = Member.start(folder)) {
            member.connect("shop");

            Said said = beside(member);

            assertThat(said.exit()).isEqualTo(Exit.OK);
            assertThat(said.out())
                    .contains("member: runs at " + member.url() + " and is ready")
                    .contains("plugin: pager-plugin 1.0.0 with pager");
            assertThat(said.err()).isEmpty();
        }

        Said after = doctor("http: {port: 0}\n" + plugins());
        assertThat(after.exit()).isEqualTo(Exit.OK);
        assertThat(after.out()).contains("ok   log: whole");
    }

    private String plugins() {
        return "plugins: {folder: " + folder.resolve("plugins") + ", allow-unsigned: true}";
    }

    private Said beside(Member member) throws Exception {
        Path file = config(plugins());
        return Said.by("doctor", "--config", file.toString(), "--data", member.data().toString());
    }

    @Test
    @DisplayName("names a port that is taken and what to do")
    void portTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            Said said =
                    doctor(
                            "http: {port: %d, pages-port: 0}\nplugins: {folder: %s}"
                                    .formatted(port, emptyPlugins()));

            assertThat(said.exit()).isEqualTo(Exit.REFUSED);
            assertThat(said.out())
                    .contains("BAD  port: 127.0.0.1:" + port)
                    .contains("→", "or set http.port");
        }
    }

    @Test
    @DisplayName("names a damaged log, and a jar that is no plugin")
    void damage() throws Exception {
        try (Member member = Member.start(folder)) {
            member.connect("shop");
        }
        Path log = folder.resolve("data/journal.db");
        byte[] bytes = Files.readAllBytes(log);
        java.util.Arrays.fill(bytes, 0, bytes.length / 2, (byte) 'x');
        Files.write(log, bytes);
        Files.writeString(folder.resolve("plugins/odd.jar"), "no jar");

        Said said = doctor("http: {port: 0}\n" + plugins());

        assertThat(said.exit()).isEqualTo(Exit.REFUSED);
        assertThat(said.out()).contains("BAD  log:").contains("BAD  plugin: odd.jar is refused");
    }

    @Test
    @DisplayName("tells every mistake in the file with its place, and no secret beside it")
    void mistakes() throws Exception {
        Said said =
                doctor(
                        """
                        http:
                          prot: 8080
                        accounts:
                          shop:
                            channel: pager
                            secrets: {key: hush-hush-0123456789}
                            colour: red
                        """);

        assertThat(said.exit()).isEqualTo(Exit.REFUSED);
        assertThat(said.out())
                .contains("tributary.yaml:2:3", "did you mean 'port'?")
                .contains("tributary.yaml:7:5")
                .doesNotContain("hush-hush");
    }

    @Test
    @DisplayName("lists every setting in force and where it was said, and no secret")
    void settings() throws Exception {
        Path file =
                config(
                        """
                        http: {port: 0}
                        plugins: {folder: %s}
                        accounts:
                          shop: {channel: pager, secrets: {key: hush-hush-0123456789}}
                        """
                                .formatted(emptyPlugins()));

        Said said = Said.by("doctor", "--settings", "--json", "--config", file.toString());

        JsonNode settings = said.json().path("settings");
        assertThat(settings)
                .anySatisfy(each -> {
                    assertThat(each.path("key").asString()).isEqualTo("http.port");
                    assertThat(each.path("value").asString()).isEqualTo("0");
                    assertThat(each.path("from").asString()).isEqualTo("tributary.yaml:1:8");
                })
                .anySatisfy(each -> {
                    assertThat(each.path("key").asString()).isEqualTo("stream.window");
                    assertThat(each.path("from").asString()).isEqualTo("default");
                });
        assertThat(said.all()).doesNotContain("hush-hush");
    }

    private Said doctor(String yaml) throws Exception {
        Path file = config(yaml);
        return Said.by(
                "doctor", "--config", file.toString(), "--data", folder.resolve("data").toString());
    }

    private Path config(String yaml) throws Exception {
        return Files.writeString(folder.resolve("tributary.yaml"), yaml);
    }

    private Path emptyPlugins() throws Exception {
        return Files.createDirectories(folder.resolve("no-plugins"));
    }
}
