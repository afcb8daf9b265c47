package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("an operator, by command line,")
final class OperatorCommandsTest {

    @TempDir static Path folder = Path.of("");

    private static Member member;

    @BeforeAll
    static void start() throws Exception {
        member = Member.start(folder);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @Test
    @DisplayName("connects an account, sees and checks it, and removes it")
    void accounts() {
        Said put =
                member.run(
                        "account",
                        "put",
                        "shop",
                        "--channel",
                        "pager",
                        "--set",
                        "down=false",
                        "--secret",
                        "key=" + Member.KEY);
        assertThat(put.exit()).isEqualTo(Exit.OK);
        assertThat(put.out())
                .contains("Account 'shop' is up.")
                .contains("http://127.0.0.1", "/channels/shop/webhook");

        assertThat(member.run("account", "list").lines())
                .anySatisfy(line ->
                        assertThat(line.split(" +")).startsWith("shop", "pager", "up", "api"));
        assertThat(member.run("account", "show", "shop").json().path("config").path("down"))
                .hasToString("false");
        assertThat(member.run("account", "check", "shop").out()).startsWith("up");

        Said removed = member.run("account", "remove", "shop");
        assertThat(removed.out()).isEqualTo("Account 'shop' is gone; its interactions stay.\n");
        assertThat(member.run("account", "show", "shop").exit()).isEqualTo(Exit.REFUSED);
    }

    @Test
    @DisplayName("is told by exit code and words that an account does not work")
    void unwell() {
        member.run(
                "account",
                "put",
                "dark",
                "--channel",
                "pager",
                "--set",
                "down=true",
                "--secret",
                "key=" + Member.KEY);

        Said checked = member.run("account", "check", "dark");

        assertThat(checked.exit()).isEqualTo(Exit.REFUSED);
        assertThat(checked.out()).isEqualTo("down  the pager tower is dark\n");
    }

    @Test
    @DisplayName("never sees a secret again, also not the one that was refused")
    void secretsStayHidden() throws IOException {
        Path file = Files.writeString(folder.resolve("key.txt"), Member.KEY + "\n");

        Said put =
                member.run(
                        "account",
                        "put",
                        "quiet",
                        "--channel",
                        "pager",
                        "--secret",
                        "key=@" + file,
                        "--json");
        assertThat(put.exit()).isEqualTo(Exit.OK);
        assertThat(put.json().path("secrets").path(0).asString()).isEqualTo("key");
        assertThat(put.all()).doesNotContain(Member.KEY);
        assertThat(member.run("account", "show", "quiet").all()).doesNotContain(Member.KEY);
        assertThat(member.run("account", "list", "--json").all()).doesNotContain(Member.KEY);

        Said refused =
                member.run(
                        "account", "put", "quiet", "--channel", "pager", "--secret", "key=sh0rt");
        assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
        assertThat(refused.err()).contains("/secrets/key").doesNotContain("sh0rt");
    }

    @Test
    @DisplayName("is shown every mistake in an account at once, with the key that was meant")
    void mistakes() {
        Said said =
                member.run("account", "put", "shop2", "--channel", "pager", "--set", "dwon=true");

        assertThat(said.exit()).isEqualTo(Exit.REFUSED);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("tributary: ")
                .contains("/config/dwon", "did you mean 'down'?")
                .contains("/secrets/key is missing");
    }

    @Test
    @DisplayName("has events posted to an app, tests, pauses and removes that, and sees how it is")
    void webhooks() {
        // a member is an app that takes no webhooks
        String url = member.url().resolve("/health/live").toString();
        Said made =
                member.run(
                        "webhooks",
                        "create",
                        "crm",
                        url,
                        "--filter",
                        "direction=inbound",
                        "--filter",
                        "account=shop,other");
        assertThat(made.err()).startsWith("Shown this once;");
        String secret = made.out().strip();
        assertThat(secret).startsWith("whsec_").doesNotContain(" ");
        String id = made.err().replaceAll("(?s).*Webhook ([^ ]*)\\.\\s*", "$1");

        Said shown = member.run("webhooks", "show", id);
        assertThat(shown.json().path("filter").toString())
                .isEqualTo("{\"account\":[\"other\",\"shop\"],\"direction\":[\"inbound\"]}");
        assertThat(shown.json().path("aside").isArray()).isTrue();
        assertThat(shown.all()).doesNotContain(secret);
        Said tested = member.run("webhooks", "test", id);
        assertThat(tested.exit()).isEqualTo(Exit.REFUSED);
        assertThat(tested.out()).isEqualTo("answered 405\n");

        assertThat(member.run("webhooks", "pause", id).out())
                .isEqualTo("Webhook 'crm' is paused.\n");
        assertThat(member.run("webhooks", "list").lines())
                .anySatisfy(
                        line -> assertThat(line.split(" +")).startsWith(id, "crm", "paused", "0"));
        assertThat(member.run("webhooks", "resume", id).out())
                .isEqualTo("Webhook 'crm' is active.\n");
        assertThat(member.run("webhooks", "redeliver", id, "--event", id).exit())
                .isEqualTo(Exit.REFUSED);
        assertThat(member.run("webhooks", "redeliver", id).err()).contains("/event");
        String cursor = shown.json().path("cursor").asString();
        assertThat(member.run("webhooks", "redeliver", id, "--after", cursor).exit())
                .isEqualTo(Exit.OK);

        Said rotated = member.run("webhooks", "rotate", id, "--hours", "2", "--json");
        assertThat(rotated.json().path("secret").asString()).isNotEqualTo(secret);
        assertThat(rotated.json().has("formerSecretUntil")).isTrue();
        assertThat(member.run("webhooks", "remove", id).out())
                .isEqualTo("Webhook " + id + " is gone.\n");
        assertThat(member.run("webhooks", "show", id).exit()).isEqualTo(Exit.REFUSED);
    }

    @Test
    @DisplayName("is told why nothing can be posted to an address")
    void webhookInside() {
        Said said = member.run("webhooks", "create", "crm", "http://169.254.169.254/latest");

        assertThat(said.exit()).isEqualTo(Exit.REFUSED);
        assertThat(said.err()).contains("/url", "metadata");
    }

    @Test
    @DisplayName("makes a token that does what it was made for and no more, and revokes it")
    void tokens() {
        Said made =
                member.run(
                        "token",
                        "create",
                        "desk",
                        "--scope",
                        "interactions:read",
                        "--account",
                        "shop");
        String token = made.out().strip();
        assertThat(made.exit()).isEqualTo(Exit.OK);
        assertThat(token).startsWith("trb_").doesNotContain("\n", " ");
        assertThat(made.err()).startsWith("Shown this once.");
        String id = made.err().replaceAll("(?s).*revoke ([^`]*)`.*", "$1");

        Said list = member.run("token", "list");
        assertThat(list.lines())
                .anySatisfy(line -> assertThat(line).contains(id, "desk", "shop", "valid"));
        assertThat(list.out()).doesNotContain(token).doesNotContain(Member.TOKEN);

        assertThat(member.as(token, "conversations").exit()).isEqualTo(Exit.OK);
        Said beyond = member.as(token, "token", "list");
        assertThat(beyond.exit()).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(beyond.err()).contains("admin:read");

        assertThat(member.run("token", "revoke", id).exit()).isEqualTo(Exit.OK);
        Said revoked = member.as(token, "conversations");
        assertThat(revoked.exit()).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(revoked.err()).contains("revoked", "TRIBUTARY_TOKEN").doesNotContain(token);
    }

    @Test
    @DisplayName("finds the member by the data folder that it runs on")
    void foundByFolder() {
        Said said =
                Said.by(
                        "token",
                        "list",
                        "--json",
                        "--data",
                        member.data().toString(),
                        "--token",
                        Member.TOKEN);

        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.json().path("items").isEmpty()).isFalse();
    }

    @Test
    @DisplayName("gives the token to no address elsewhere that the folder happens to name")
    void notElsewhere() throws Exception {
        Path here = Files.createDirectories(folder.resolve("here"));
        Path data = Files.createDirectories(here.resolve("data"));
        // this machine by any of its addresses, so not only by those of the loopback
        String everywhere = "http://0.0.0.0:" + member.url().getPort();
        Files.writeString(data.resolve("member.url"), everywhere + "\n");
        String[] words = {"token", "list", "--token", Member.TOKEN};

        Said unnamed = Said.in(here, words);
        assertThat(unnamed.exit()).isEqualTo(Exit.USAGE);
        assertThat(unnamed.err()).contains(everywhere, "not on this machine", "--url", "--data");

        Said named = Said.by("token", "list", "--token", Member.TOKEN, "--data", data.toString());
        assertThat(named.exit()).isEqualTo(Exit.OK);

        Files.writeString(data.resolve("member.url"), member.url() + "\n");
        assertThat(Said.in(here, words).exit()).isEqualTo(Exit.OK);
    }

    @Test
    @DisplayName("is told where no member answers, and what is none")
    void noMember() throws IOException {
        try (var nobody = new ServerSocket(0)) {
            int port = nobody.getLocalPort();
            nobody.close();
            Said said =
                    Said.by("token", "list", "--token", "t", "--url", "http://127.0.0.1:" + port);
            assertThat(said.exit()).isEqualTo(Exit.UNAVAILABLE);
            assertThat(said.err()).contains("No member answers", "tributary serve");
        }
        Said noUrl = Said.by("token", "list", "--token", "t", "--url", "localhost:8080");
        assertThat(noUrl.exit()).isEqualTo(Exit.USAGE);
        assertThat(noUrl.err()).contains("'localhost:8080'", "http://127.0.0.1:8080");
    }

    @Test
    @DisplayName("looks at what could not be translated, whole, and replays it once it can")
    void deadLetters() {
        member.connect("broken");
        assertThat(member.run("dead-letters", "list").out()).isNotBlank();
        member.broken("broken", "p-1");

        JsonNode letter =
                await().until(
                                () ->
                                        member.run("dead-letters", "list", "--json")
                                                .json()
                                                .path("items")
                                                .path(0),
                                each -> !each.isMissingNode());
        String id = letter.path("id").asString();
        assertThat(member.run("dead-letters", "list").lines().getLast())
                .startsWith(id)
                .contains("inbound", "broken", "page");
        JsonNode payload = member.run("dead-letters", "show", id).json().path("payload");
        assertThat(payload.path("event").path("body").asString()).isEqualTo("id=p-1");
        assertThat(payload.path("detail").asString()).isEqualTo("field from is missing");

        Said replayed = member.run("dead-letters", "replay", id);
        assertThat(replayed.exit()).isEqualTo(Exit.REFUSED);
        assertThat(replayed.err()).contains("still fails");
        assertThat(member.run("dead-letters", "show", "4711").exit()).isEqualTo(Exit.REFUSED);
    }

    @Test
    @DisplayName("has what was received translated again, and is told what came of it")
    void replay() {
        member.connect("again");
        member.page("again", "1", "ada", "hello");
        int rows = member.run("tail", "--account", "again").lines().size();

        Said said =
                member.run("replay", "--channel", "pager", "--account", "again", "--since", "PT1H");

        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.lines().getLast())
                .isEqualTo(
                        "ended: looked at 1; unchanged 1, corrected 0, to be looked at by hand 0,"
                                + " not understood 0");
        assertThat(member.run("tail", "--account", "again").lines()).hasSize(rows);
        assertThat(member.run("replay", "--channel", "pager", "--since", "soon").exit())
                .isEqualTo(Exit.USAGE);
        assertThat(member.run("replay", "--channel", "pager", "--since", "PT9000000000000H").exit())
                .isEqualTo(Exit.USAGE);
        assertThat(member.run("replay", "--channel", "pagger", "--since", "PT1H").exit())
                .isEqualTo(Exit.REFUSED);
        Said future = member.run("replay", "--channel", "pager", "--since", "2100-01-01T00:00:00Z");
        assertThat(future.lines().getLast()).startsWith("ended: looked at 0");
    }

    @Test
    @DisplayName("counts dead letters by account, and replays them once their cause is gone")
    void manyDeadLetters() {
        member.connect("jammed");
        member.connect("stuck");
        member.broken("jammed", "j-1");
        member.broken("jammed", "j-2");
        member.broken("stuck", "s-1");
        String[] those = {"dead-letters", "replay", "--account", "jammed"};
        await().until(() -> member.run(those).out().startsWith("2 open dead letters match."));
        assertThat(member.run("dead-letters", "list", "--account", "jammed").lines()).hasSize(3);
        String[] earlier = {"dead-letters", "replay", "--account", "stuck", "--until", "PT1H"};
        assertThat(member.run(earlier).out()).isEqualTo("0 open dead letters match.\n");

        Said failed = member.run(yes(those));
        assertThat(failed.exit()).isEqualTo(Exit.REFUSED);
        assertThat(failed.out()).contains("Replayed 0", "2 still fail", "the plugin threw");

        member.run(
                "account",
                "put",
                "jammed",
                "--channel",
                "pager",
                "--secret",
                "key=" + Member.KEY,
                "--set",
                "stranger=ada");
        Said replayed = member.run(yes(those));
        assertThat(replayed.exit()).isEqualTo(Exit.OK);
        assertThat(replayed.out()).startsWith("Replayed 2, appended 2 interactions; 0 still fail");
        assertThat(member.run("tail", "--account", "jammed").lines()).hasSize(2);
        assertThat(member.run("dead-letters", "list", "--all", "--account", "jammed").lines())
                .hasSize(3)
                .last()
                .asString()
                .endsWith("replayed");
        assertThat(member.run(yes(those)).out()).startsWith("Replayed 0");
        assertThat(member.run("dead-letters", "list", "--account", "stuck").lines()).hasSize(2);
    }

    @Test
    @DisplayName("counts dead letters that nobody wants, and drops them: one, or all that match")
    void dropsDeadLetters() {
        member.connect("hopeless");
        for (int i = 0; i < 3; i++) {
            member.broken("hopeless", "h-" + i);
        }
        String[] those = {"dead-letters", "drop", "--account", "hopeless"};
        await().until(() -> member.run(those).out().startsWith("3 open dead letters match."));
        assertThat(member.run(those).out()).contains("Say --yes to drop them.");
        String id =
                member.run("dead-letters", "list", "--account", "hopeless", "--json")
                        .json()
                        .at("/items/0/id")
                        .asString();

        assertThat(member.run("dead-letters", "drop", id).out()).isEqualTo("Dropped " + id + ".\n");
        assertThat(member.run("dead-letters", "drop", id).exit()).isEqualTo(Exit.REFUSED);
        Said dropped = member.run(yes(those));

        assertThat(dropped.exit()).isEqualTo(Exit.OK);
        assertThat(dropped.out()).isEqualTo("Dropped 2; 0 could not be and stay open.\n");
        assertThat(member.run(those).out()).isEqualTo("0 open dead letters match.\n");
        assertThat(member.run("dead-letters", "list", "--all", "--account", "hopeless").lines())
                .hasSize(4)
                .last()
                .asString()
                .endsWith("dropped");
        assertThat(member.run("dead-letters", "drop").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    @DisplayName("replays what was not sent within its time only where that is asked for")
    void expiredDeadLetters() {
        setting("late", "busy=true");
        assertThat(member.run("send", "--account", "late", "--to", "ada", "Now!").exit())
                .isEqualTo(Exit.OK);
        String[] those = {"dead-letters", "replay", "--account", "late"};
        await().until(() -> member.run(those).out().contains("1 more were not sent"));
        assertThat(member.run(those).out()).startsWith("0 open dead letters match.");
        setting("late", "busy=false");

        assertThat(member.run(yes(those)).out()).startsWith("Replayed 0");

        String[] expired = {"dead-letters", "replay", "--account", "late", "--reason", "expired"};
        assertThat(member.run(expired).out())
                .isEqualTo("1 open dead letters match. Say --yes to replay them.\n");
        assertThat(member.run(yes(expired)).out()).startsWith("Replayed 1, appended 1");
    }

    private static void setting(String account, String setting) {
        Said put =
                member.run(
                        "account",
                        "put",
                        account,
                        "--channel",
                        "pager",
                        "--secret",
                        "key=" + Member.KEY,
                        "--set",
                        setting);
        assertThat(put.exit()).as(put.all()).isEqualTo(Exit.OK);
    }

    private static String[] yes(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--yes";
        return all;
    }

    @Test
    @DisplayName("is asked which dead letters are meant")
    void whichDeadLetters() {
        assertThat(member.run("dead-letters", "replay").exit()).isEqualTo(Exit.USAGE);
        assertThat(member.run("dead-letters", "replay", "7", "--account", "shop").exit())
                .isEqualTo(Exit.USAGE);
        assertThat(member.run("dead-letters", "replay", "--since", "yesterday").err())
                .contains("--since", "PT2H");
    }

    @Test
    @DisplayName("sees what came over an account, who waits, and up to where that is counted")
    void insights() {
        member.connect("counter");
        member.page("counter", "c-1", "+43 1", "hello");
        member.page("counter", "c-2", "+43 1", "anybody?");
        await().until(() -> member.run("insights").out().contains("counter"));

        assertThat(member.run("insights").lines().getFirst()).contains("ARRIVALS", "WAITING");
        await().untilAsserted(() ->
                assertThat(member.run("insights").lines())
                        .anySatisfy(line ->
                                assertThat(line.split(" {2,}"))
                                        .startsWith(
                                                "counter", "pager", "2", "0", "-", "-", "1", "1")));
        JsonNode answer = member.run("insights", "--json").json();
        assertThat(answer.path("position").asLong()).isPositive();
        assertThat(answer.path("behind").isNumber()).isTrue();
        assertThat(InsightsCommand.span(Duration.ofSeconds(90_061))).isEqualTo("1 d 1 h");
        assertThat(InsightsCommand.span(Duration.ofSeconds(-5))).isEqualTo("0 s");
    }

    @Test
    @DisplayName("backs the log up into a file, and never over one")
    void backup() {
        Path file = folder.resolve("copy.db");

        Said said = member.run("backup", "--to", file.toString());
        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.out()).startsWith("Complete: " + file);
        assertThat(file).isNotEmptyFile();

        Said again = member.run("backup", "--to", file.toString());
        assertThat(again.exit()).isEqualTo(Exit.REFUSED);
        assertThat(again.err()).contains("a backup overwrites nothing");
    }
}
