package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("somebody who talks with customers, by command line,")
final class AgentCommandsTest {

    @TempDir Path folder = Path.of("");

    private Member member;

    @BeforeEach
    void start() throws Exception {
        member = Member.start(folder);
        member.connect("shop");
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    @DisplayName("sees nothing where nothing is")
    void nothing() {
        assertThat(member.run("tail")).isEqualTo(new Said(Exit.OK, "", ""));
        assertThat(member.run("conversations").out()).isEqualTo("No open conversations.\n");
        assertThat(member.run("dead-letters", "list").out()).isEqualTo("No dead letters.\n");
    }

    @Test
    @DisplayName("sees what came, replies, and sees what became of it")
    void conversation() {
        member.page("shop", "1", "ada", "Is my bike ready?");
        String id =
                member.run("conversations", "--json")
                        .json()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asString();
        assertThat(member.run("conversations", "--account", "shop").lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith(id)
                .endsWith("Is my bike ready?");

        Said sent = member.run("send", "--conversation", id, "It is.");
        assertThat(sent.exit()).isEqualTo(Exit.OK);
        assertThat(sent.out()).startsWith("Taken as #2 of conversation " + id);

        List<String> lines =
                await().until(() -> member.run("tail").lines(), all -> all.size() == 3);
        assertThat(lines.get(0)).contains("#1  shop  → ada  Is my bike ready?");
        assertThat(lines.get(1)).contains("#2  shop  ←").endsWith("It is.");
        assertThat(lines.get(2)).contains("#3  shop  ·").endsWith("[accepted]");
    }

    @Test
    @DisplayName("sees what a reply would become, and nothing is sent")
    void preview() {
        member.page("shop", "1", "ada", "Is my bike ready?");
        String id =
                member.run("conversations", "--json")
                        .json()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asString();

        Said shown = member.run("send", "--conversation", id, "--preview", "It is.");
        assertThat(shown.exit()).isEqualTo(Exit.OK);
        assertThat(shown.lines()).containsExactly("Message 1:", "  It is.", "  6 UTF-16 units");
        JsonNode json =
                member.run("send", "--conversation", id, "--preview", "It is.", "--json").json();
        assertThat(json.at("/sends/0/parts/0/part/text").asString()).isEqualTo("It is.");
        assertThat(member.run("tail").lines()).hasSize(1);

        Said nowhere =
                member.run("send", "--account", "shop", "--to", "ada", "--preview", "It is.");
        assertThat(nowhere.exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    @DisplayName("begins a conversation, and is led to the one that is open already")
    void firstWords() {
        Said sent =
                member.run("send", "--account", "shop", "--to", "grace", "Good morning", "--json");
        assertThat(sent.exit()).isEqualTo(Exit.OK);
        String id = sent.json().path("conversationId").asString();

        Said again = member.run("send", "--account", "shop", "--to", "grace", "Hello?");
        assertThat(again.exit()).isEqualTo(Exit.REFUSED);
        assertThat(again.err()).contains("open conversation", id);

        Said nowhere = member.run("send", "--account", "nobody", "--to", "grace", "Hello?");
        assertThat(nowhere.exit()).isEqualTo(Exit.REFUSED);
    }

    @Test
    @DisplayName("is safe from what customers write: nothing of it drives the terminal")
    void hostileText() {
        member.page(
                "shop", "1", "ada\u001b[31m", "a\u001b[2Jb\u0007c\rd\ne\u202egnp.exe\u0000f\u009b");

        for (String command : List.of("tail", "conversations")) {
            Said said = member.run(command);
            assertThat(said.out())
                    .contains("␛[2Jb␇c␍d ⏎ e⟨U+202E⟩gnp.exe")
                    .doesNotContainPattern("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]");
        }
    }

    @Test
    @DisplayName("sees only what was asked for, and the last few unless told otherwise")
    void filters() {
        member.connect("store");
        for (int i = 1; i <= 4; i++) {
            member.page(i % 2 == 0 ? "store" : "shop", "p" + i, "ada", "page " + i);
        }

        assertThat(texts("tail", "--account", "store")).containsExactly("page 2", "page 4");
        assertThat(texts("tail", "-n", "1")).containsExactly("page 4");
        assertThat(texts("tail", "--direction", "outbound")).isEmpty();
        assertThat(texts("tail", "--type", "text")).hasSize(4);
        String cursor =
                event(member.run("tail", "-n", "3", "--json").lines().getFirst())
                        .path("cursor")
                        .asString();
        assertThat(texts("tail", "--after", cursor)).containsExactly("page 3", "page 4");

        Said elsewhere = member.run("tail", "--after", "elsewhere");
        assertThat(elsewhere.exit()).isEqualTo(Exit.REFUSED);
        assertThat(elsewhere.err()).contains("cursor");
    }

    @Test
    @DisplayName("follows through a restart of the member: every page once, in order, JSON only")
    void followsByCursor() throws Exception {
        member.page("shop", "1", "ada", "page 1");
        int port = member.url().getPort();
        var out = new StringWriter();
        var err = new StringWriter();
        String[] words = member.addressed(Member.TOKEN, "tail", "--follow", "--json");
        Thread tail =
                Thread.ofPlatform()
                        .start(() ->
                                Main.run(
                                        new PrintWriter(out, true),
                                        new PrintWriter(err, true),
                                        words));
        try {
            member.page("shop", "2", "ada", "page 2");
            await().until(() -> out.toString().lines().count() == 2);

            member.close();
            member = Member.start(folder, port);
            member.page("shop", "3", "ada", "page 3");
            await().until(() -> out.toString().lines().count() >= 3);
            member.page("shop", "4", "ada", "page 4");
            await().until(() -> out.toString().lines().count() >= 4);
        } finally {
            tail.interrupt();
            tail.join();
        }

        assertThat(out.toString().lines().map(AgentCommandsTest::text))
                .containsExactly("page 1", "page 2", "page 3", "page 4");
    }

    @Test
    @DisplayName("stops following when the token is revoked")
    void revokedWhileFollowing() throws Exception {
        Said made = member.run("token", "create", "eyes", "--scope", "interactions:read");
        String token = made.out().strip();
        String id = made.err().replaceAll("(?s).*revoke ([^`]*)`.*", "$1");
        var out = new StringWriter();
        var err = new StringWriter();
        int[] exit = {-1};
        String[] words = member.addressed(token, "tail", "--follow");
        Thread tail =
                Thread.ofPlatform()
                        .start(() ->
                                exit[0] =
                                        Main.run(
                                                new PrintWriter(out, true),
                                                new PrintWriter(err, true),
                                                words));
        member.page("shop", "1", "ada", "page 1");
        await().until(() -> out.toString().contains("page 1"));

        member.run("token", "revoke", id);

        await().until(() -> !tail.isAlive());
        assertThat(exit[0]).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(err.toString()).contains("revoked").doesNotContain(token);
    }

    private List<String> texts(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--json";
        return member.run(all).lines().stream().map(AgentCommandsTest::text).toList();
    }

    private static String text(String line) {
        return event(line).path("data").path("fallbackText").asString();
    }

    private static JsonNode event(String line) {
        return Client.JSON.readTree(line);
    }
}
