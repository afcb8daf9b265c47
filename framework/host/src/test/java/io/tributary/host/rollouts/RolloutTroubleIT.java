package io.tributary.host.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.plugins.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What comes between: others change accounts, the member ends, somebody else's jar lies there.
@DisplayName("a change of version goes well although")
final class RolloutTroubleIT extends RolloutScene {

    private static final String SLOWLY = "beeper.opens.slowly";
    private static final String FAILS = "beeper.fails";

    private static final String OPENING = "beeper.opening";

    /// Takes two seconds to open while the property names the account, and fails with the other.
    private static final String MOODY =
            """
            String id = context.account().value();
            if (id.equals(System.getProperty("%s"))) {
                System.setProperty("%s", id);
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000_000L);
            }
            if (id.equals(System.getProperty("%s"))) throw new IllegalStateException("in a mood");
            """
                    .formatted(SLOWLY, OPENING, FAILS);

    @AfterEach
    void calm() {
        System.clearProperty(SLOWLY);
        System.clearProperty(FAILS);
        System.clearProperty(OPENING);
    }

    @Test
    @DisplayName("an account is added meanwhile: it does not stay on the version that goes")
    void added() throws Exception {
        again("0s", Beeper.jar(jars, "1.1.0", Beeper.PLAIN, MOODY));
        System.setProperty(SLOWLY, "late");
        Thread adding =
                Thread.ofVirtual()
                        .start(() ->
                                put(
                                        "/admin/v1/accounts/late",
                                        "{\"channel\":\"beeper\",\"config\":{}}"));
        await().until(() -> System.getProperty(OPENING) != null);

        install(Beeper.jar(jars, "1.2.0", Beeper.PLAIN, MOODY));
        adding.join();

        assertThat(send("GET", "/admin/v1/accounts/late", 200).path("plugin").asString())
                .isEqualTo("beeper 1.2.0");
        awaitLoaders("1.2.0");
    }

    @Test
    @DisplayName("an account was down before: that says nothing against a version")
    void downBefore() throws Exception {
        again("500ms", Beeper.jar(jars, "1.1.0", Beeper.PLAIN, MOODY));
        put("/admin/v1/accounts/moody", "{\"channel\":\"beeper\",\"config\":{}}");
        System.setProperty(FAILS, "moody");
        node.close();
        node = node("500ms");
        assertThat(send("GET", "/admin/v1/accounts/moody", 200).toString()).contains("in a mood");

        install(Beeper.jar(jars, "1.2.0", Beeper.PLAIN, MOODY));

        awaitState("serving");
    }

    @Test
    @DisplayName("an account is switched off while the version is watched")
    void switchedOff() throws Exception {
        again("4s", Beeper.jar(jars, "1.1.0", Beeper.PLAIN));
        install(Beeper.jar(jars, "1.2.0", Beeper.PLAIN));

        put("/admin/v1/accounts/shop", "{\"channel\":\"beeper\",\"config\":{},\"enabled\":false}");

        awaitState("serving");
    }

    @Test
    @DisplayName("the member is asked to leave while a version is taken back: it is not wanted")
    void leaving() throws Exception {
        again("1h", Beeper.jar(jars, "1.1.0", Beeper.LEISURELY, MOODY));
        try (var traffic = new Traffic(node.url(), "shop", 2)) {
            awaitMore(traffic, 50);
            install(Beeper.jar(jars, "1.2.0", Beeper.CLUMSY, MOODY));
            System.setProperty(SLOWLY, "shop");
            await().atMost(PATIENCE)
                    .until(() -> plugin().path("version").asString().equals("1.1.0"));
            assertThat(plugin().path("rollout").path("state").asString()).isEqualTo("watching");
            var _ = traffic.end();
        }

        node.close();
        node = node("1h");

        assertThat(plugin().path("version").asString()).isEqualTo("1.1.0");
        assertThat(history().getFirst()).isEqualTo("returned 1.2.0");
    }

    @Test
    @DisplayName(
            "the member dies while a version is watched: the one before serves, and it is told")
    void died() throws Exception {
        again("1h", Beeper.jar(jars, "1.1.0", Beeper.PLAIN));
        Files.move(Beeper.jar(jars, "1.2.0", Beeper.PLAIN), plugins.resolve("later.jar"));
        await().atMost(PATIENCE)
                .until(() -> plugin().path("rollout").path("state").asString().equals("watching"));
        Path left = copyOfData();
        node.close();

        node = node("1h", left);

        assertThat(plugin().path("version").asString()).isEqualTo("1.1.0");
        assertThat(plugin().path("history").path(0).path("text").asString())
                .contains("ended while this version was watched");
        // looks into the folder have gone by when another jar was taken up
        PluginJar.plain("zeta", "1.0.0").write(jars, "zeta.jar");
        Files.move(jars.resolve("zeta.jar"), plugins.resolve("zeta.jar"));
        await().atMost(PATIENCE)
                .until(() -> send("GET", "/admin/v1/plugins", 200).toString().contains("zeta"));
        assertThat(plugin().path("version").asString()).isEqualTo("1.1.0");
    }

    @Test
    @DisplayName("a jar in the folder brings another plugin's channel: it never serves it")
    void usurper() throws Exception {
        node.close();
        PluginJar.of("zeta", "1.0.0")
                .channel("zeta", "zeta", "", "return null;")
                .write(plugins, "zeta.jar");
        node = node("1s");
        node.close();
        PluginJar.of("zeta", "2.0.0")
                .channel("zeta", "beeper", "", "return null;")
                .write(plugins, "zeta.jar");

        node = node("1s");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(send("GET", "/admin/v1/plugins", 200).path("refused").toString())
                                .contains("zeta.jar", "it brings the channel beeper"));
        assertThat(account().path("plugin").asString()).isEqualTo("beeper 1.0.0");
    }

    @Test
    @DisplayName(
            "an account is put while somebody tries to remove the plugin in vain: it serves on")
    void removedInVain() throws Exception {
        for (int i = 0; i < 20; i++) {
            Thread putting =
                    Thread.ofVirtual()
                            .start(() ->
                                    put(
                                            "/admin/v1/accounts/shop",
                                            "{\"channel\":\"beeper\",\"config\":{}}"));
            send("DELETE", "/admin/v1/plugins/beeper", 409);
            putting.join();

            assertThat(account().path("health").path("state").asString()).isNotEqualTo("down");
        }
    }

    @Test
    @DisplayName("an earlier version was offered: that is told by the audit, and nothing is kept")
    void downgraded() {
        send("POST", upload("0.9.0", Beeper.PLAIN, ""), 409);

        assertThat(send("GET", "/admin/v1/audit", 200).toString())
                .contains("plugin.refuse", "older than 1.0.0")
                .doesNotContain("beeper 0.9.0\"");
    }

    /// The same member with another version, and patience.
    private void again(String watch, Path jar) throws Exception {
        node.close();
        Files.move(jar, plugins.resolve("beeper.jar"), StandardCopyOption.REPLACE_EXISTING);
        node = node("0s");
        awaitState("serving");
        assertThat(plugin().path("version").asString()).isEqualTo("1.1.0");
        node.close();
        node = node(watch);
    }

    /// As a member leaves it that is killed.
    private Path copyOfData() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("left"));
        try (var files = Files.list(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }
}
