package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Each test has a plugin of its own, so none minds the others.
@DisplayName("tributary plugin, asking a member that takes signed jars only,")
final class PluginLifeTest {

    @TempDir static Path folder = Path.of("");

    private static Member member;

    @BeforeAll
    static void start() throws Exception {
        Said made = Said.by("plugin", "keygen", at("acme"), "--owner", "Acme");
        Said.by("plugin", "keygen", at("stranger"));
        String keys = made.out().substring(made.out().indexOf("keys:"));
        Path trust = Files.writeString(folder.resolve("trust.yaml"), keys);
        member =
                Member.start(
                        folder,
                        Map.of(
                                "TRIBUTARY_PLUGINS_ALLOW_UNSIGNED",
                                "false",
                                "TRIBUTARY_PLUGINS_TRUST",
                                trust.toString(),
                                "TRIBUTARY_PLUGINS_WATCH",
                                "1h"));
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @Test
    @DisplayName("add lets a new plugin serve, and list shows it with its signer")
    void add() {
        Said added = member.run("plugin", "add", signed("lamp", "1.0.0"));

        assertThat(added.exit()).as(added.err()).isEqualTo(Exit.OK);
        assertThat(added.out()).isEqualTo("Plugin lamp 1.0.0 serves.\n");
        assertThat(member.run("plugin", "list").lines())
                .anySatisfy(line ->
                        assertThat(line)
                                .matches(
                                        "lamp +1\\.0\\.0 +serving +- +lamp +0 +Acme \\(ed25519-.*\\)"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("refused: pager.jar: it is not signed"));
    }

    @Test
    @DisplayName("add of the very jar that serves changes nothing and says so")
    void addAgain() {
        member.run("plugin", "add", signed("again", "1.0.0"));

        Said again = member.run("plugin", "add", signed("again", "1.0.0"));

        assertThat(again.exit()).isEqualTo(Exit.OK);
        assertThat(again.out()).isEqualTo("Plugin again 1.0.0 serves already.\n");
        assertThat(history("again")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "upgrade moves the accounts, says how long the version before stands by, and"
                    + " rollback lets it serve again")
    void upgradeAndBack() {
        member.run("plugin", "add", signed("bell", "1.0.0"));
        member.run("account", "put", "door", "--channel", "bell");

        Said upgraded = member.run("plugin", "upgrade", signed("bell", "1.1.0"));
        Said meanwhile = member.run("plugin", "upgrade", signed("bell", "1.2.0"));
        Said removed = member.run("plugin", "remove", "bell");
        Said back = member.run("plugin", "rollback", "bell");

        assertThat(upgraded.exit()).isEqualTo(Exit.OK);
        assertThat(upgraded.lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo("Plugin bell 1.1.0 serves (1 account moved)."),
                        line ->
                                assertThat(line)
                                        .matches(
                                                "Version 1\\.0\\.0 stands by until .+ and takes over"
                                                        + " again if the new one does worse\\."));
        assertThat(meanwhile.exit()).isEqualTo(Exit.REFUSED);
        assertThat(meanwhile.err())
                .contains("Version 1.1.0 of plugin bell is watched until")
                .contains("`tributary plugin rollback bell`");
        assertThat(removed.exit()).isEqualTo(Exit.REFUSED);
        assertThat(removed.err()).contains("is watched until");
        assertThat(back.exit()).isEqualTo(Exit.OK);
        assertThat(back.out()).startsWith("Plugin bell 1.0.0 serves again: taken back by ");
        assertThat(version("bell")).isEqualTo("1.0.0");
        assertThat(history("bell")).isEqualTo(2);
    }

    @Test
    @DisplayName("rollout shows how far the member is, and ends when it serves what is wanted")
    void rollout() {
        member.run("plugin", "add", signed("tide", "1.0.0"));

        Said done = member.run("plugin", "rollout", "tide");
        member.run("plugin", "upgrade", signed("tide", "1.1.0"));
        JsonNode watched = member.run("plugin", "rollout", "tide", "--once", "--json").json();
        member.run("plugin", "rollback", "tide");
        Said back = member.run("plugin", "rollout", "tide");

        assertThat(done.exit()).as(done.err()).isEqualTo(Exit.OK);
        assertThat(done.lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("plugin tide 1.0.0: converged"),
                        line -> assertThat(line).startsWith("MEMBER"),
                        line -> assertThat(line).matches("\\d+ \\(asked\\) +1\\.0\\.0 +serving"));
        assertThat(watched.path("state").asString()).isEqualTo("watching");
        assertThat(watched.path("wanted").path("version").asString()).isEqualTo("1.0.0");
        JsonNode on = watched.path("members").path(0);
        assertThat(on.path("version").asString()).isEqualTo("1.1.0");
        assertThat(on.path("sha256")).isEqualTo(watched.path("watched").path("sha256"));
        assertThat(on.path("member")).isEqualTo(watched.path("watched").path("member"));
        assertThat(back.exit()).isEqualTo(Exit.OK);
        assertThat(back.out())
                .contains("plugin tide 1.0.0: converged", "taken back: 1.1.0 taken back by ");
        assertThat(member.run("plugin", "rollout", "nobody").exit()).isEqualTo(Exit.REFUSED);
    }

    @Test
    @DisplayName("upgrade refuses what nobody signed whom the trust list names, and says why")
    void unsigned() throws Exception {
        Path plain = Lamp.jar(folder, "vouch", "1.0.0");
        Path forged = Lamp.jar(folder, "vouch", "1.0.1");
        Said.by("plugin", "sign", forged.toString(), "--key", at("stranger.key"));
        Path flipped = Path.of(signed("vouch", "1.0.2"));
        byte[] bytes = Files.readAllBytes(flipped);
        bytes[bytes.length / 2] ^= 1;
        Files.write(flipped, bytes);

        Said unsigned = member.run("plugin", "add", plain.toString());
        Said strange = member.run("plugin", "add", forged.toString());
        Said changed = member.run("plugin", "add", flipped.toString());

        assertThat(unsigned.exit()).isEqualTo(Exit.REFUSED);
        assertThat(unsigned.out()).isEmpty();
        assertThat(unsigned.err())
                .contains(
                        "tributary: The jar was refused: it is not signed",
                        "`tributary plugin sign`");
        assertThat(strange.exit()).isEqualTo(Exit.REFUSED);
        assertThat(strange.err()).contains("it is signed with ed25519-", "does not name");
        assertThat(changed.exit()).isEqualTo(Exit.REFUSED);
        assertThat(changed.err()).contains("tributary: The jar was refused: ");
        assertThat(member.run("plugin", "status", "vouch").exit()).isEqualTo(Exit.REFUSED);
    }

    @Test
    @DisplayName("upgrade to an earlier version wants to be told that it is meant")
    void downgrade() {
        member.run("plugin", "add", signed("down", "1.1.0"));
        String earlier = signed("down", "1.0.0");

        Said refused = member.run("plugin", "upgrade", earlier);
        Said meant = member.run("plugin", "upgrade", earlier, "--downgrade");

        assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
        assertThat(refused.err())
                .contains("Version 1.0.0 of plugin down is older than 1.1.0")
                .contains("--downgrade");
        assertThat(meant.exit()).isEqualTo(Exit.OK);
        assertThat(meant.out()).startsWith("Plugin down 1.0.0 serves (0 accounts moved).");
    }

    @Test
    @DisplayName("says that there is no such plugin, and none to return to")
    void nothingThere() {
        member.run("plugin", "add", signed("only", "1.0.0"));

        Said back = member.run("plugin", "rollback", "only");

        assertThat(back.exit()).isEqualTo(Exit.REFUSED);
        assertThat(back.err())
                .contains(
                        "tributary: No version of plugin only served before this one:"
                                + " install the one you want.");
        for (String verb : new String[] {"status", "rollback", "remove"}) {
            Said said = member.run("plugin", verb, "nothing");
            assertThat(said.exit()).as(verb).isEqualTo(Exit.REFUSED);
            assertThat(said.out()).as(verb).isEmpty();
            assertThat(said.err())
                    .as(verb)
                    .contains("tributary: There is no plugin nothing here.\n");
        }
    }

    @Test
    @DisplayName("add says so when the file is missing, or is no jar, and asks no member")
    void noJar() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.jar"), "nothing that could be a jar");

        Said missing = member.run("plugin", "add", at("missing.jar"));
        Said directory = member.run("plugin", "add", folder.toString());
        Said strange = member.run("plugin", "add", text.toString());

        assertThat(missing.exit()).isEqualTo(Exit.REFUSED);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err())
                .contains(at("missing.jar") + ": it is not there; look at its name.");
        assertThat(directory.exit()).isEqualTo(Exit.REFUSED);
        assertThat(directory.err()).contains("tributary: " + folder + ": ");
        assertThat(strange.exit()).isEqualTo(Exit.REFUSED);
        assertThat(strange.err()).contains("it is no readable jar");
    }

    @Test
    @DisplayName("remove names the accounts that need the plugin, and takes it away when none does")
    void remove() {
        member.run("plugin", "add", signed("gone", "1.0.0"));
        member.run("account", "put", "hall", "--channel", "gone");

        Said needed = member.run("plugin", "remove", "gone");
        member.run("account", "remove", "hall");
        Said removed = member.run("plugin", "remove", "gone");

        assertThat(needed.exit()).isEqualTo(Exit.REFUSED);
        assertThat(needed.err()).contains("Accounts need plugin gone: [hall]", "Remove them first");
        assertThat(removed.exit()).isEqualTo(Exit.OK);
        assertThat(removed.out()).isEqualTo("Plugin gone is gone.\n");
        assertThat(member.run("plugin", "list").out()).doesNotContain("gone");
    }

    @Test
    @DisplayName("status shows version, signer, accounts, calls, what failed, and how it came")
    void status() throws Exception {
        Path jar =
                Lamp.jar("frail", "1.0.0")
                        .manifest("Tributary-Secrets", "token")
                        .source(
                                "lamp.TheAccount",
                                """
                                package lamp;
                                import io.tributary.spi.*;
                                public final class TheAccount implements Account, ChecksHealth {
                                    @Override public Capabilities capabilities(Conversation c) {
                                        return Capabilities.NONE;
                                    }
                                    @Override public Health check() {
                                        throw new IllegalStateException("what a customer said");
                                    }
                                }
                                """)
                        .write(folder, "frail-1.0.0.jar");
        Said.by("plugin", "sign", jar.toString(), "--key", at("acme.key"));
        member.run("plugin", "add", jar.toString());
        member.run("account", "put", "cellar", "--channel", "frail");
        member.run("account", "check", "cellar");
        member.run("account", "check", "cellar");

        Said said = member.run("plugin", "status", "frail");

        assertThat(said.exit()).as(said.err()).isEqualTo(Exit.OK);
        assertThat(said.lines())
                .filteredOn(line -> line.contains("IllegalState"))
                .allSatisfy(line -> assertThat(line).doesNotContain("customer"));
        assertThat(said.lines())
                .anySatisfy(line -> assertThat(line).isEqualTo("plugin        frail 1.0.0"))
                .anySatisfy(line -> assertThat(line).isEqualTo("health        serving"))
                .anySatisfy(line -> assertThat(line).startsWith("signer        Acme (ed25519-"))
                .anySatisfy(line ->
                        assertThat(line)
                                .matches("jar           frail-1.0.0.jar, SHA-256 [0-9a-f]{12}…"))
                .anySatisfy(line -> assertThat(line).isEqualTo("score card    none"))
                .anySatisfy(line -> assertThat(line).isEqualTo("secrets       token"))
                .anySatisfy(line -> assertThat(line).isEqualTo("loaded        1.0.0 used"))
                .anySatisfy(line -> assertThat(line).matches("cellar +frail +1\\.0\\.0 +\\w+.*"))
                .anySatisfy(line ->
                        assertThat(line).matches("frail +check +\\d+ +[0-9.]+ ms +thrown \\d+"))
                .anySatisfy(line ->
                        assertThat(line)
                                .matches(
                                        "\\S+ +cellar +check +\\d+ +thrown"
                                                + " java.lang.IllegalStateException at"
                                                + " .*lamp.TheAccount.check.*"))
                .anySatisfy(line -> assertThat(line).matches(".+ 1\\.0\\.0 serving"));
    }

    @Test
    @DisplayName("prints JSON where it is asked for, and nothing else")
    void json() {
        assertThat(member.run("plugin", "add", signed("data", "1.0.0"), "--json").json().toString())
                .contains("\"plugin\":\"data\"", "\"to\":\"1.0.0\"", "\"state\":\"serving\"");
        assertThat(
                        member.run("plugin", "upgrade", signed("data", "1.1.0"), "--json")
                                .json()
                                .path("state")
                                .asString())
                .isEqualTo("watching");
        assertThat(
                        member.run("plugin", "rollback", "data", "--json")
                                .json()
                                .path("state")
                                .asString())
                .isEqualTo("returned");
        assertThat(member.run("plugin", "status", "data", "--json").json().path("id").asString())
                .isEqualTo("data");
        assertThat(member.run("plugin", "list", "--json").json().path("items").isArray()).isTrue();
        assertThat(member.run("plugin", "remove", "data", "--json").json().toString())
                .isEqualTo("{\"plugin\":\"data\",\"state\":\"removed\"}");
    }

    @Test
    @DisplayName("tells by its exit code who may not do it, and that no member answers")
    void notAllowed() throws IOException {
        String jar = signed("allow", "1.0.0");
        String reader =
                member.run("token", "create", "watcher", "--scope", "admin:read").out().strip();

        Said seen = member.as(reader, "plugin", "list");
        Said reading = member.as(reader, "plugin", "add", jar);
        Said nobody = member.as("trb_wrong_0123456789abcdef", "plugin", "list");
        Said alone =
                Said.by("plugin", "add", jar, "--url", "http://" + free(), "--token", Member.TOKEN);

        assertThat(seen.exit()).isEqualTo(Exit.OK);
        assertThat(reading.exit()).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(reading.err()).contains("admin:write");
        assertThat(nobody.exit()).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(alone.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(alone.err()).contains("No member answers at", "`tributary serve`");
    }

    private static int history(String plugin) {
        return member.run("plugin", "status", plugin, "--json").json().path("history").size();
    }

    private static String version(String plugin) {
        return member.run("plugin", "status", plugin, "--json").json().path("version").asString();
    }

    private static String signed(String id, String version) {
        Path jar = folder.resolve(id + "-" + version + ".jar");
        if (!Files.exists(jar)) {
            Lamp.jar(folder, id, version);
            Said said = Said.by("plugin", "sign", jar.toString(), "--key", at("acme.key"));
            assertThat(said.exit()).as(said.all()).isEqualTo(Exit.OK);
        }
        return jar.toString();
    }

    private static String free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }
}
