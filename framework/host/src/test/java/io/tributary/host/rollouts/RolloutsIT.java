package io.tributary.host.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("while a member serves")
final class RolloutsIT extends RolloutScene {

    @Test
    @DisplayName("a later version takes over, and nobody who sends notices")
    void upgrade() throws Exception {
        try (var traffic = new Traffic(node.url(), "shop", 4)) {
            awaitMore(traffic, 100);

            var rollout = install(Beeper.jar(jars, "1.1.0", Beeper.LEISURELY));

            assertThat(rollout.path("state").asString()).isEqualTo("watching");
            assertThat(rollout.path("accounts").asInt()).isEqualTo(1);
            assertThat(account().path("plugin").asString()).isEqualTo("beeper 1.1.0");
            awaitState("serving");
            awaitMore(traffic, 100);
            var taken = traffic.end();

            assertThat(traffic.refused()).isEmpty();
            assertThat(stored()).containsExactlyInAnyOrderElementsOf(taken);
        }
        awaitLoaders("1.1.0");
    }

    @Test
    @DisplayName("a version that fails at one event in ten is taken back by itself")
    void clumsy() throws Exception {
        try (var traffic = new Traffic(node.url(), "shop", 4)) {
            awaitMore(traffic, 100);

            install(Beeper.jar(jars, "1.1.0", Beeper.CLUMSY));

            assertThat(awaitState("returned").path("text").asString())
                    .contains("calls of translate failed");
            assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
            awaitMore(traffic, 50);
            var taken = traffic.end();

            assertThat(traffic.refused()).isEmpty();
            assertThat(stored().size() + deadLetters()).isEqualTo(taken.size());
        }
        awaitLoaders("1.0.0");
    }

    @Test
    @DisplayName("one account has a version to itself, then the others follow")
    void canary() throws Exception {
        two("2s");

        var rollout = install(Beeper.jar(jars, "1.1.0", Beeper.PLAIN));

        assertThat(rollout.path("state").asString()).isEqualTo("watching");
        assertThat(rollout.path("canary").asString()).isEqualTo("yard");
        assertThat(rollout.path("accounts").asInt()).isEqualTo(1);
        assertThat(lives("yard")).isEqualTo("beeper 1.1.0");
        assertThat(lives("shop")).isEqualTo("beeper 1.0.0");
        await().atMost(PATIENCE).until(() -> lives("shop").equals("beeper 1.1.0"));
        var settled = awaitState("serving");
        assertThat(settled.path("accounts").asInt()).isEqualTo(2);
        assertThat(settled.has("canary")).isFalse();
        awaitLoaders("1.1.0");
    }

    @Test
    @DisplayName("of a version that fails on the first account the others notice nothing")
    void canaryAlone() throws Exception {
        two("1h");
        try (var traffic = new Traffic(node.url(), "yard", 4);
                var others = new Traffic(node.url(), "shop", 2)) {
            awaitMore(traffic, 100);

            install(Beeper.jar(jars, "1.1.0", Beeper.CLUMSY));

            var returned = awaitState("returned");
            assertThat(returned.path("text").asString()).contains("calls of translate failed");
            assertThat(returned.path("accounts").asInt()).isEqualTo(1);
            assertThat(lives("yard")).isEqualTo("beeper 1.0.0");
            awaitMore(others, 50);
            assertThat(others.end()).isNotEmpty();
            assertThat(others.refused()).isEmpty();
            assertThat(deadLetters("shop")).isZero();
        }
        awaitLoaders("1.0.0");
    }

    @Test
    @DisplayName("a member that is stopped meanwhile leaves all accounts on the version before")
    void stoppedMeanwhile() throws Exception {
        two("1h");
        install(Beeper.jar(jars, "1.1.0", Beeper.PLAIN));

        node.close();
        node = node("1h");

        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
        // its history tells, and nothing was found against it
        assertThat(history()).containsExactly("returned 1.1.0", "serving 1.0.0");
        assertThat(install(jars.resolve("beeper-1.1.0.jar")).path("state").asString())
                .isEqualTo("watching");
    }

    private void two(String watch) throws Exception {
        node.close();
        node = node(watch, folder.resolve("data"), Map.of("TRIBUTARY_PLUGINS_CANARIES", "yard"));
        put("/admin/v1/accounts/yard", "{\"channel\":\"beeper\",\"config\":{}}");
    }

    private String lives(String account) {
        return send("GET", "/admin/v1/accounts/" + account, 200).path("plugin").asString();
    }

    @Test
    @DisplayName("a version that takes ten times as long is taken back by itself")
    void slow() throws Exception {
        node.close();
        node = node("10s");
        try (var traffic = new Traffic(node.url(), "shop", 4)) {
            awaitMore(traffic, 100);

            install(Beeper.jar(jars, "1.1.0", Beeper.SLOW));

            assertThat(awaitState("returned").path("text").asString())
                    .contains("calls of translate take");
            var taken = traffic.end();
            assertThat(stored()).containsExactlyInAnyOrderElementsOf(taken);
        }
    }

    @Test
    @DisplayName("a version that does not understand what was kept never serves")
    void forgetful() throws Exception {
        try (var traffic = new Traffic(node.url(), "shop", 1)) {
            awaitMore(traffic, 10);
        }

        var refused = send("POST", upload("1.1.0", Beeper.FORGETFUL, ""), 422);

        assertThat(refused.path("detail").asString())
                .contains("account shop cannot live on it", "does not understand", "threw");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
        assertThat(deadLetters()).isZero();
        assertThat(history()).containsExactly("refused 1.1.0", "serving 1.0.0");
    }

    @Test
    @DisplayName("a version that cannot open an account never serves")
    void cannotOpen() throws Exception {
        var refused =
                send(
                        "POST",
                        upload("1.1.0", "", "if (true) throw new RuntimeException(\"no luck\");"),
                        422);

        assertThat(refused.path("detail").asString()).contains("no luck");
        assertThat(account().path("health").path("state").asString()).isNotEqualTo("down");
    }

    @Test
    @DisplayName("an operator takes a version back while it is watched, and after")
    void rollback() throws Exception {
        node.close();
        node = node("1h");
        install(Beeper.jar(jars, "1.1.0", Beeper.PLAIN));
        assertThat(send("POST", upload("1.2.0", Beeper.PLAIN, ""), 409).path("detail").asString())
                .contains("is watched until");

        assertThat(rolledBack().path("state").asString()).isEqualTo("returned");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");

        node.close();
        node = node("100ms");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
        install(jars.resolve("beeper-1.2.0.jar"));
        awaitState("serving");
        rolledBack();
        awaitState("serving");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");

        node.close();
        node = node("100ms");
        assertThat(plugin().path("version").asString()).isEqualTo("1.0.0");
        assertThat(history().getFirst()).isEqualTo("serving 1.0.0");
    }

    @Test
    @DisplayName("an earlier version serves only if that is said to be meant")
    void downgrade() throws Exception {
        assertThat(send("POST", upload("0.9.0", Beeper.PLAIN, ""), 409).path("detail").asString())
                .contains("is older than 1.0.0");

        send("POST", upload("0.9.0", Beeper.PLAIN, "") + "?downgrade=true", 200);

        assertThat(plugin().path("version").asString()).isEqualTo("0.9.0");
    }

    @Test
    @DisplayName("a jar that is dropped into the folder serves soon, and after a restart")
    void dropped() throws Exception {
        Files.move(Beeper.jar(jars, "1.1.0", Beeper.PLAIN), plugins.resolve("later.jar"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(plugin().path("version").asString()).isEqualTo("1.1.0"));
        awaitState("serving");
        Files.delete(plugins.resolve("later.jar"));

        node.close();
        node = node("1s");

        assertThat(plugin().path("version").asString()).isEqualTo("1.1.0");
        assertThat(account().path("plugin").asString()).isEqualTo("beeper 1.1.0");
    }

    @Test
    @DisplayName("a plugin is only removed when no account needs it")
    void remove() throws Exception {
        assertThat(send("DELETE", "/admin/v1/plugins/beeper", 409).path("detail").asString())
                .contains("shop");
        send("DELETE", "/admin/v1/accounts/shop", 204);
        Files.delete(plugins.resolve("beeper.jar"));

        send("DELETE", "/admin/v1/plugins/beeper", 204);

        send("GET", "/admin/v1/plugins/beeper", 404);
        node.close();
        node = node("1s");
        send("GET", "/admin/v1/plugins/beeper", 404);
    }

    @Test
    @DisplayName("with no time to watch, versions follow each other at once, and none stays behind")
    void noWatch() throws Exception {
        node.close();
        node = node("0s");

        for (String version : List.of("1.1.0", "1.2.0", "1.3.0")) {
            var rollout = install(Beeper.jar(jars, version, Beeper.LEISURELY));
            assertThat(rollout.path("state").asString()).isEqualTo("serving");
        }

        assertThat(account().path("plugin").asString()).isEqualTo("beeper 1.3.0");
        awaitLoaders("1.3.0");
    }
}
