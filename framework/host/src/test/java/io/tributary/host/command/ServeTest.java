package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What serves is tried from outside, with the distribution; here is what does not.
@DisplayName("tributary serve does not start")
@Timeout(120) // what starts after all would serve for ever
final class ServeTest {

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("with a wrong file: all mistakes at once, with their places, exit code 78")
    void wrongFile() throws Exception {
        Said said =
                serve(
                        """
                        http: {port: many}
                        log:
                          retention: 30 days
                          levl: info
                        accounts:
                          shop: {channel: pager, secrets: {key: [hush-hush]}}
                        """);

        assertThat(said.exit()).isEqualTo(Exit.CONFIGURATION);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains("tributary.yaml:1:8")
                .contains("tributary.yaml:3:3", "12h or 30d")
                .contains("tributary.yaml:4:3", "did you mean 'level'?")
                .endsWith("mistakes; the member did not start.\n")
                .doesNotContain("hush-hush");
    }

    @Test
    @DisplayName("with a file that is not there: exit code 78")
    void noFile() {
        Said said = Said.by("serve", "--config", folder.resolve("nothing.yaml").toString());

        assertThat(said.exit()).isEqualTo(Exit.CONFIGURATION);
        assertThat(said.err()).contains("nothing.yaml:1:1", "does not exist");
    }

    @Test
    @DisplayName(
            "with an account that its channel refuses: exit code 78, and the place of each mistake")
    void refusedAccount() throws Exception {
        Said said =
                serve(
                        """
                        http: {port: 0}
                        accounts:
                          shop:
                            channel: pager
                            config: {dwon: true}
                            secrets: {key: sh0rt}
                        """);

        assertThat(said.exit()).isEqualTo(Exit.CONFIGURATION);
        assertThat(said.err())
                .contains("tributary.yaml:5:", "did you mean 'down'?")
                .contains("tributary.yaml:6:")
                .doesNotContain("sh0rt");
    }

    @Test
    @DisplayName("on a port that is taken, or a folder in use: exit code 69, and why")
    void taken() throws Exception {
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said said = serve("http: {port: %d}".formatted(port.getLocalPort()));

            assertThat(said.exit()).isEqualTo(Exit.UNAVAILABLE);
            assertThat(said.err()).contains("tributary: ").contains("port " + port.getLocalPort());
        }
        try (Member member = Member.start(folder)) {
            Said said = serve("http: {port: 0}");

            assertThat(member.url()).isNotNull();
            assertThat(said.exit()).isEqualTo(Exit.UNAVAILABLE);
            assertThat(said.err()).contains("data folder", "in use");
        }
    }

    private Said serve(String yaml) throws Exception {
        Path file = folder.resolve("tributary.yaml");
        Path plugins = Member.plugins(folder);
        Files.writeString(
                file, yaml + "\nplugins: {folder: " + plugins + ", allow-unsigned: true}\n");
        return Said.by(
                "serve", "--config", file.toString(), "--data", folder.resolve("data").toString());
    }
}
