package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole way, nothing scripted: a site with a strict policy, a visitor's browser, a member to
/// which the plugin was added, an agent.
@DisplayName("the web chat before a real member")
@Timeout(300)
final class WebChatIT {

    private static final byte[] PNG =
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @TempDir private static Path folder = Path.of("");

    private static Chromium chromium;
    private static ChatMember member;
    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        chromium = Chromium.start();
        member = ChatMember.start(folder);
        site = Site.start(member.apis(), member.pages());
        member.open(site.origin());
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {site, chromium, member}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    @DisplayName(
            "says who they are, chats, chooses, sends and sees files, asks for the transcript, ends it")
    void wholeWay() throws Exception {
        try (var ada = Visitor.at(chromium, site.origin() + "/typed")) {
            var agent = member.agent();
            ada.in(".launcher").waitFor();
            ada.picture("closed");
            ada.in(".launcher").click();
            ada.picture("lead");
            ada.button("More").click();
            ada.button("Send transcript by mail").click();
            ada.page().getByLabel("Name").fill("Ada");
            ada.page().getByLabel("E-mail").fill("ada@example.com");
            ada.page().getByLabel("What is it about?").selectOption("Bikes");
            ada.button("Start chat").click();
            ada.says("Is my bike ready?");
            var conversation = agent.conversationWith("Is my bike ready?");
            agent.signal(conversation, "typing");
            assertThat(ada.in(".typing")).hasText("Support is writing…");
            agent.say(conversation, "It is, until six: https://shop.example/hours");
            assertThat(ada.bubbles().last())
                    .hasText("It is, until six: https://shop.example/hours (opens in a new tab)");
            assertThat(ada.in(".typing")).isHidden();
            agent.signal(conversation, "read");
            assertThat(ada.in(".own .state").last()).hasText("· Seen");
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            agent.interactions().stream()
                                    .anyMatch(each ->
                                            AgentApp.type(each).equals("receipt")
                                                    && each.path("direction")
                                                            .asString("")
                                                            .equals("inbound")));

            chooses(ada, agent, conversation);
            filesBothWays(ada, agent, conversation);
            ada.picture("chat");
            transcriptAndEnd(ada, agent, conversation);
        }
    }

    private static void chooses(Visitor ada, AgentApp agent, String conversation) throws Exception {
        agent.reply(
                conversation,
                """
                {"type":"choices","text":"Which colour?","choices":[{"id":"r","label":"Red"},{"id":"b","label":"Blue","description":"like the sea"},{"id":"w","label":"More","url":"https://shop.example/colours"}]}\
                """);
        ada.in("button.choice", "Blue").click();
        assertThat(ada.in(".choice[aria-pressed=true]")).isDisabled();
        assertThat(agent.conversationWith("Blue")).isEqualTo(conversation);
        var made =
                agent.interactions().stream()
                        .filter(each -> AgentApp.type(each).equals("choiceMade"))
                        .findFirst()
                        .orElseThrow();
        assertThat(made.path("inReplyTo").path("interaction").asString("")).isNotEmpty();
    }

    private static void filesBothWays(Visitor ada, AgentApp agent, String conversation)
            throws Exception {
        ada.in("input[type=file]")
                .setInputFiles(new FilePayload[] {new FilePayload("bell.png", "image/png", PNG)});
        assertThat(ada.in(".own .file").last()).containsText("bell.png");
        assertThat(agent.conversationWith("[image] bell.png")).isEqualTo(conversation);
        assertThat(ada.in(".own img")).hasCount(1);
        var media = agent.upload("horn.png", "image/png", PNG);
        agent.reply(
                conversation,
                "{\"type\":\"media\",\"kind\":\"image\",\"state\":\"stored\",\"id\":\"%s\",\"mediaType\":\"image/png\",\"name\":\"horn.png\"}"
                        .formatted(media));
        assertThat(ada.in(".ours img")).hasCount(1);
    }

    private static void transcriptAndEnd(Visitor ada, AgentApp agent, String conversation)
            throws Exception {
        ada.button("More").click();
        ada.button("Send transcript by mail").click();
        ada.page().getByLabel("E-mail").fill("ada@example.com");
        ada.in(".asking button.main").click();
        assertThat(agent.conversationWith("[transcript] Please send this chat to ada@example.com"))
                .isEqualTo(conversation);
        ada.button("More").click();
        ada.button("End chat").click();
        assertThat(ada.in(".closed")).hasText("The chat has ended. Write to begin another one.");
        assertThat(agent.get("/v1/conversations/" + conversation).path("closedAt").asString(""))
                .isNotEmpty();
    }

    @Test
    @DisplayName(
            "loses and doubles nothing when the network goes, the member restarts and the page is loaded anew")
    void cut() throws Exception {
        try (var bob = Visitor.at(chromium, site.origin() + "/").chats().says("cut-1")) {
            var conversation = member.agent().conversationWith("cut-1");
            member.agent().say(conversation, "cut-2");
            assertThat(bob.bubbles()).hasText(new String[] {"cut-1", "cut-2"});

            bob.context().setOffline(true);
            assertThat(bob.in(".status")).containsText("You are offline.");
            bob.says("cut-3").says("cut-4");
            assertThat(bob.in(".own .state").last()).hasText("· Waits for the connection");
            bob.picture("offline");
            member.agent().say(conversation, "cut-5");
            member.restart();
            bob.context().setOffline(false);

            String[] all = {"cut-1", "cut-2", "cut-3", "cut-4", "cut-5"};
            assertThat(bob.bubbles()).hasText(all);
            assertThat(bob.in(".own .state").last()).hasText("· Sent");
            assertThat(bob.in(".status")).isEmpty();
            member.agent().conversationWith("cut-4");
            assertThat(member.agent().said().stream().filter(each -> each.startsWith("cut-")))
                    .containsExactly("cut-1", "cut-3", "cut-4");
            bob.page().reload();
            bob.in(".launcher").click();
            assertThat(bob.bubbles()).hasText(all);
            bob.says("cut-6");
            member.agent().conversationWith("cut-6");
            assertThat(bob.bubbles()).hasCount(6);
        }
    }

    @Test
    @DisplayName("goes on in the tab that was used last")
    void tabs() throws Exception {
        try (var eve = Visitor.at(chromium, site.origin() + "/").chats().says("tabs-1")) {
            member.agent().conversationWith("tabs-1");
            var other = eve.context().newPage();
            other.navigate(site.origin() + "/");
            other.locator("tributary-chat .launcher").click();
            assertThat(other.locator("tributary-chat .log .bubble"))
                    .hasText(new String[] {"tabs-1"});
            assertThat(eve.in(".status")).containsText("This chat goes on in another tab.");
            other.locator("tributary-chat #write").fill("tabs-2");
            other.locator("tributary-chat #write").press("Enter");
            member.agent().conversationWith("tabs-2");
            other.close();
            eve.button("Go on here").click();
            assertThat(eve.bubbles()).hasText(new String[] {"tabs-1", "tabs-2"});
        }
    }

    @Test
    @DisplayName("sends what was said in two tabs without a connection")
    void tabsOffline() throws Exception {
        try (var eve = Visitor.at(chromium, site.origin() + "/").chats().says("two-1")) {
            member.agent().conversationWith("two-1");
            var other = eve.context().newPage();
            other.navigate(site.origin() + "/");
            other.locator("tributary-chat .launcher").click();
            assertThat(eve.in(".status")).containsText("This chat goes on in another tab.");
            eve.context().setOffline(true);
            assertThat(other.locator("tributary-chat .status")).containsText("You are offline.");
            assertThat(eve.in(".status")).containsText("This chat goes on in another tab.");
            eve.says("two-2");
            assertThat(eve.in(".status")).containsText("You are offline.");
            other.locator("tributary-chat #write").fill("two-3");
            other.locator("tributary-chat #write").press("Enter");
            eve.context().setOffline(false);
            member.agent().conversationWith("two-2");
            member.agent().conversationWith("two-3");
            assertThat(member.agent().said().stream().filter(each -> each.startsWith("two-")))
                    .containsExactlyInAnyOrder("two-1", "two-2", "two-3");
        }
    }

    @Test
    @DisplayName(
            "runs nothing of more than 500 hostile texts, here or at the agent's desk, nor of files")
    void hostile() throws Exception {
        var texts = HostileTexts.all();
        assertThat(texts).hasSizeGreaterThan(500);
        try (var mallory = Visitor.at(chromium, site.origin() + "/").chats().says("hostile")) {
            var agent = member.agent();
            var conversation = agent.conversationWith("hostile");
            var chat = new HostileChat(agent, mallory);
            var said = chat.says(HostileTexts.together(400));
            try (var desk = Visitor.at(chromium, member.desk())) {
                new DeskThread(desk.page()).shows(said);
                chat.isAnswered(conversation, texts);
                chat.sends(HostileFiles.all(), desk.page());
                chat.harmsNobody(desk.page());
            }
        }
    }

    @Test
    @DisplayName(
            "is for everybody: axe finds nothing, by keyboard alone, in the dark, from right to left, on a small screen")
    void accessible() throws Exception {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (var ada =
                    Visitor.at(
                            chromium,
                            site.origin() + "/ar",
                            Visitor.usual().setColorScheme(scheme))) {
                nothingFound(ada, "closed");
                ada.page().keyboard().press("Tab");
                ada.page().keyboard().press("Enter");
                assertThat(ada.in(".panel h2")).hasText("تحدث معنا");
                nothingFound(ada, "lead");
                ada.in(".asking button:not(.main)").press("Enter");
                ada.page().keyboard().type("مرحبا " + scheme);
                ada.page().keyboard().press("Enter");
                var agent = member.agent();
                var conversation = agent.conversationWith("مرحبا " + scheme);
                agent.reply(
                        conversation,
                        "{\"type\":\"choices\",\"text\":\"أي لون؟\",\"choices\":[{\"id\":\"r\",\"label\":\"أحمر\"},{\"id\":\"b\",\"label\":\"أزرق\"}]}");
                assertThat(ada.in(".choice")).hasCount(2);
                nothingFound(ada, "chat");
                ada.picture("arabic-" + scheme);
                ada.page().setViewportSize(320, 640);
                nothingFound(ada, "narrow");
                ada.picture("narrow-" + scheme);
                ada.page().keyboard().press("Escape");
                assertThat(ada.in(".panel")).isHidden();
                assertThat(ada.in(".launcher")).isFocused();
            }
        }
    }

    private static void nothingFound(Visitor visitor, String where) {
        var results =
                new AxeBuilder(visitor.page())
                        .withTags(
                                List.of(
                                        "wcag2a",
                                        "wcag2aa",
                                        "wcag21a",
                                        "wcag21aa",
                                        "wcag22aa",
                                        "best-practice"))
                        .analyze();
        assertThat(
                        results.getViolations().stream()
                                .map(rule -> rule.getId() + " " + rule.getNodes())
                                .toList())
                .as(where)
                .isEmpty();
    }

    @Test
    @DisplayName("invites once per visit, and not again who sent it away")
    void invites() throws Exception {
        try (var ada = Visitor.at(chromium, site.origin() + "/prices/bikes")) {
            assertThat(ada.in(".invitation")).containsText("May we help you choose?");
            ada.picture("invitation");
            ada.button("Chat now").click();
            ada.in(".asking button:not(.main)").click();
            ada.says("invited");
            var agent = member.agent();
            agent.conversationWith("invited");
            assertThat(
                            agent.interactions().stream()
                                    .filter(each ->
                                            each.path("fallbackText")
                                                    .asString("")
                                                    .equals("invited"))
                                    .map(each ->
                                            each.path("extensions")
                                                    .path("webchat.invitation")
                                                    .asString("")))
                    .containsExactly("prices");
        }
        try (var bob = Visitor.at(chromium, site.origin() + "/prices/bikes")) {
            bob.button("No, thanks").click();
            bob.page().reload();
            bob.in(".launcher").click();
            assertThat(bob.in(".asking form")).isVisible();
            assertThat(bob.in(".invitation")).hasCount(0);
        }
    }

    @Test
    @DisplayName("believes who is signed in by the site's token, and starts anew for somebody else")
    void signedIn() throws Exception {
        try (var ada = Visitor.at(chromium, site.origin() + "/")) {
            identify(ada, token("u-17", ChatMember.IDENTITY_KEY));
            ada.in(".launcher").click();
            ada.says("signed in");
            var agent = member.agent();
            var conversation = agent.conversationWith("signed in");
            var customer =
                    agent.get("/v1/conversations/" + conversation)
                            .path("customer")
                            .path("id")
                            .asString("");
            assertThat(agent.get("/v1/customers/" + customer).toString())
                    .contains("site.user", "u-17");

            ada.page().reload();
            ada.in(".launcher").click();
            assertThat(ada.bubbles()).hasText(new String[] {"signed in"});
            ada.says("before the page said who it is");
            assertThat(ada.in(".own .state").last()).hasText("· Waits for the connection");
            identify(ada, token("u-17", ChatMember.IDENTITY_KEY));
            assertThat(agent.conversationWith("before the page said who it is"))
                    .isEqualTo(conversation);

            ada.in("#write").fill("not for the next one's eyes");
            identify(ada, token("u-18", ChatMember.IDENTITY_KEY));
            assertThat(ada.bubbles()).hasCount(0);
            assertThat(ada.in("#write")).hasValue("");
            ada.says("somebody else");
            assertThat(agent.conversationWith("somebody else")).isNotEqualTo(conversation);
            identify(ada, token("u-19", "a-key-of-somebody-else-of-32-characters"));
            assertThat(ada.in(".status")).containsText("Connecting again…");
        }
    }

    private static void identify(Visitor visitor, String token) {
        visitor.in(".launcher").waitFor();
        visitor.page().evaluate("token => TributaryChat.identify(() => token)", token);
    }

    private static String token(String user, String key) throws Exception {
        return SignedUser.token(key, "web", user);
    }
}
