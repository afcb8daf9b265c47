package io.tributary.samples.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tributary.samples.desk.ScriptedLog.Talk;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/// For everybody: by keyboard, by screen reader, in the dark, on small screens.
class AccessIT extends DeskFixture {

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    @DisplayName("axe finds nothing: signing in, list, thread, dialogs, narrow")
    void axe(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.navigate(member.url() + "/desk/");
        page.waitForSelector(".sign-in");
        nothingFound("sign-in");
        Talk ada = full();
        openDesk();
        assertThat(rows()).hasCount(3);
        nothingFound("list");
        row(ada).click();
        assertThat(bubbles().last()).isVisible();
        composer().fill("A reply");
        nothingFound("thread");
        page.keyboard().press("Alt+KeyP");
        nothingFound("note");
        button("Keys").click();
        page.waitForSelector("dialog[open]");
        nothingFound("keys");
        page.keyboard().press("Escape");
        page.setViewportSize(320, 640);
        nothingFound("narrow");
    }

    private void nothingFound(String where) {
        var results =
                new AxeBuilder(page)
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

    /// Three conversations, one of them with one of everything.
    private Talk full() {
        Talk ada = member.log.begin("Ada Lovelace", "+18005550101");
        member.log.inbound(member.log.begin("Grace", "+18005550102"), "My parcel is wet");
        member.log.inbound(member.log.begin("+18005550103", "+18005550103"), "مرحبا، أين طلبي؟");
        member.log.inbound(ada, "See https://shop.example/shoes please");
        ObjectNode reply =
                member.log.append(
                        ada,
                        "outbound",
                        ScriptedLog.actor("agent", "a-7", "Maria"),
                        ScriptedLog.text("I do"),
                        "I do");
        member.log.receipt(ada, reply, "read", null);
        ObjectNode failed =
                member.log.append(
                        ada,
                        "outbound",
                        ScriptedLog.actor("agent", "a-7", "Maria"),
                        ScriptedLog.text("Then"),
                        "Then");
        member.log.receipt(ada, failed, "failed", "The number is gone");
        member.log.append(
                ada,
                "internal",
                ScriptedLog.actor("agent", "a-9", "Linus"),
                ScriptedLog.part("note").put("text", "Kind"),
                "Kind");
        ObjectNode media =
                ScriptedLog.part("media")
                        .put("kind", "image")
                        .put("state", "stored")
                        .put("id", "01a200f5-da62-7000-ac19-6154ff7987a1");
        member.log.inbound(ada, media, "[image]");
        ada.holder = ScriptedLog.JSON.createObjectNode().put("id", "a-7").put("name", "Maria");
        return ada;
    }

    @Test
    @DisplayName("the whole job by keyboard alone")
    void keyboardOnly() {
        Talk ada = member.log.begin("Ada", "+18005550101");
        Talk grace = member.log.begin("Grace", "+18005550102");
        member.log.inbound(grace, "My parcel is wet");
        member.log.inbound(ada, "Hello?");
        page.navigate(member.url() + "/desk/");
        page.waitForSelector(".sign-in");
        page.keyboard().type(ScriptedMember.TOKEN);
        page.keyboard().press("Tab");
        page.keyboard().type("Maria");
        page.keyboard().press("Enter");
        page.waitForSelector(".connection.live");

        page.keyboard().press("Alt+KeyJ");
        assertThat(page.locator("#thread-name")).hasText("Ada");
        page.keyboard().press("Alt+KeyA");
        assertThat(row(ada).locator(".claim")).hasText("Yours");
        page.keyboard().press("Alt+KeyL");
        page.keyboard().type("Line one");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("line two");
        page.keyboard().press("Enter");
        assertThat(bubbles()).hasText(new String[] {"Hello?", "Line one line two"});
        page.keyboard().press("Alt+KeyP");
        page.keyboard().type("Was friendly");
        page.keyboard().press("Enter");
        assertThat(page.locator(".line.note .bubble")).hasText("Was friendly");
        page.keyboard().press("Alt+KeyE");
        assertThat(page.locator("#thread-name")).hasText("Grace");
        await().until(() -> !ada.open);

        page.keyboard().press("Escape");
        assertThat(row(grace)).isFocused();
        page.keyboard().press("Shift+?");
        assertThat(page.locator("dialog[open] h2")).hasText("Keys");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        page.keyboard().press("Alt+KeyT");
        page.keyboard().type("a-9");
        page.keyboard().press("Enter");
        assertThat(row(grace).locator(".claim")).hasText("a-9");
    }

    @Test
    @DisplayName("single letters do nothing until they are switched on")
    void singleLetters() {
        Talk ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Hello?");
        openDesk();
        row(ada).focus();
        page.keyboard().press("KeyJ");
        assertThat(page.locator(".empty")).isVisible();

        page.keyboard().press("Shift+?");
        page.getByText("Single letters as well").click();
        page.keyboard().press("Escape");
        page.keyboard().press("KeyJ");

        assertThat(page.locator("#thread-name")).hasText("Ada");
        page.keyboard().press("KeyR");
        page.keyboard().type("jjkk");
        assertThat(composer()).hasValue("jjkk");
    }

    @Test
    @DisplayName(
            "focus stays where it is when messages come in, and one polite region tells of them")
    void focusStays() {
        Talk ada = member.log.begin("Ada", "+18005550101");
        Talk grace = member.log.begin("Grace", "+18005550102");
        member.log.inbound(grace, "Hi");
        member.log.inbound(ada, "Hello?");
        openDesk(ada);
        composer().focus();

        member.log.inbound(ada, "Anybody?");
        member.log.inbound(grace, "And me?");

        assertThat(page.locator("#announcer")).containsText("Ada: Anybody?");
        assertThat(page.locator("#announcer")).containsText("new message elsewhere");
        assertThat(composer()).isFocused();
        assertThat(page.locator("[aria-live=polite], [role=status]")).hasCount(1);
    }

    @Test
    @DisplayName("320 px are wide enough, one pane at a time, with targets of 24 px")
    void narrow() {
        Talk ada = full();
        page.setViewportSize(320, 640);
        openDesk(ada);
        assertThat(page.locator(".list")).isHidden();

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
        Object small =
                page.evaluate(
                        """
                        () => [...document.querySelectorAll('button, textarea, [role=option]')]
                            .map((each) => [each.getBoundingClientRect(), each.outerHTML])
                            .filter(([box]) => box.width > 0 && (box.width < 24 || box.height < 24)).map(([, html]) => html)
                        """);
        assertThat(small).isEqualTo(List.of());
        button("Back to the list").click();
        assertThat(page.locator(".list")).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
    }

    @Test
    @DisplayName("the chosen theme stays")
    void theme() {
        openDesk();
        button("Theme: System").click();
        button("Theme: Light").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.reload();
        page.waitForSelector(".connection.live");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.evaluate("getComputedStyle(document.documentElement).colorScheme"))
                .isEqualTo("dark");
    }
}
