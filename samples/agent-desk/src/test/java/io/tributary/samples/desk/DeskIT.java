package io.tributary.samples.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What an agent does all day.
class DeskIT extends DeskFixture {

    @Test
    @DisplayName("a new message appears without a reload, in the list and in the open conversation")
    void newMessageAppears() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Is the blue one there?");
        openDesk(ada);
        assertThat(bubbles()).hasText(new String[] {"Is the blue one there?"});

        member.log.inbound(ada, "In size 38?");
        var grace = member.log.begin("Grace", "+18005550102");
        member.log.inbound(grace, "My parcel is wet");

        assertThat(bubbles()).hasText(new String[] {"Is the blue one there?", "In size 38?"});
        assertThat(page.locator("[role=option] .name")).containsText(new String[] {"Grace", "Ada"});
        assertThat(row(grace)).containsText("1 unread");
        assertThat(row(ada).locator(".count")).isEmpty();
        page.waitForFunction("document.title.startsWith('(1)')");
    }

    @Test
    @DisplayName("a reply appears at once and its ticks follow its receipts, never backwards")
    void replyWithTicks() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Hello?");
        openDesk(ada);

        composer().fill("Hello Ada");
        composer().press("Enter");

        assertThat(bubbles()).hasText(new String[] {"Hello?", "Hello Ada"});
        assertThat(composer()).hasValue("");
        ObjectNode sent =
                await().until(
                                () -> member.log.of(ada).getLast(),
                                each -> each.get("direction").asString().equals("outbound"));
        assertThat(sent.at("/actor/id").asString()).isEqualTo("a-7");
        for (var step :
                List.of(
                        List.of("accepted", "Sent"),
                        List.of("delivered", "Delivered"),
                        List.of("read", "Read"))) {
            member.log.receipt(ada, sent, step.getFirst(), null);
            assertThat(deliveries()).hasText(step.getLast());
        }
        member.log.receipt(ada, sent, "failed", "late nonsense");
        member.log.inbound(ada, "Thanks");
        assertThat(bubbles()).hasCount(3);
        assertThat(deliveries()).hasText("Read");
    }

    @Test
    @DisplayName("a failed message says why and can be sent again")
    void failedMessage() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Hello?");
        openDesk(ada);
        composer().fill("Hello Ada");
        composer().press("Control+Enter");
        ObjectNode sent =
                await().until(
                                () -> member.log.of(ada).getLast(),
                                each -> each.get("direction").asString().equals("outbound"));

        member.log.receipt(ada, sent, "failed", "The number does not exist");

        assertThat(deliveries()).hasText("Failed: The number does not exist");
        button("Send again").click();
        assertThat(bubbles()).hasText(new String[] {"Hello?", "Hello Ada", "Hello Ada"});
        await().until(() -> member.log.of(ada).size() == 4);
    }

    @Test
    @DisplayName("what the member could not take stays in place and goes again under its key")
    void retryKeepsItsKey() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Hello?");
        openDesk(ada);
        member.replies.fail(1);

        composer().fill("Hello Ada");
        composer().press("Enter");
        assertThat(deliveries()).containsText("Failed");
        button("Retry").click();

        assertThat(deliveries()).hasText("Sending");
        await().until(() -> member.log.of(ada).size() == 2);
        assertThat(member.replies.keys).hasSize(2);
        assertThat(List.copyOf(member.replies.keys).getFirst())
                .isEqualTo(List.copyOf(member.replies.keys).getLast());
    }

    @Test
    @DisplayName("a reply whose answer was lost is asked about again and stored once")
    void lostAnswer() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Hello?");
        openDesk(ada);
        member.replies.loseAnswers(1);

        composer().fill("Hello Ada");
        composer().press("Enter");

        await().until(() -> member.replies.keys.size() >= 2);
        assertThat(bubbles()).hasText(new String[] {"Hello?", "Hello Ada"});
        assertThat(member.log.of(ada)).hasSize(2);
        assertThat(page.locator(".on-its-way")).hasCount(0);
    }

    @Test
    @DisplayName("several replies in a row arrive in their order, each once")
    void repliesInOrder() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Hello?");
        openDesk(ada);

        for (String text : List.of("one", "two", "three", "four")) {
            composer().fill(text);
            composer().press("Enter");
        }

        await().until(() -> member.log.of(ada).size() == 5);
        assertThat(member.log.of(ada).stream().map(each -> each.get("fallbackText").asString()))
                .containsExactly("Hello?", "one", "two", "three", "four");
        assertThat(bubbles()).hasText(new String[] {"Hello?", "one", "two", "three", "four"});
    }

    @Test
    @DisplayName("who is overtaken by the customer sees what came and keeps the text")
    void newerContent() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Cancel my order");
        openDesk(ada);
        assertThat(bubbles()).hasCount(1);
        member.closeToStreams(true);
        await().until(() -> member.streams() == 0);
        member.log.inbound(ada, "No, wait!");

        composer().fill("It is cancelled");
        composer().press("Enter");

        assertThat(page.locator("desk-composer .warning")).containsText("Your text is still here");
        assertThat(composer()).hasValue("It is cancelled");
        assertThat(bubbles()).hasText(new String[] {"Cancel my order", "No, wait!"});
        assertThat(
                        page.getByText(
                                "Came in while you were writing",
                                new com.microsoft.playwright.Page.GetByTextOptions()
                                        .setExact(true)))
                .isVisible();
        composer().fill("Then we wait");
        composer().press("Enter");
        assertThat(bubbles())
                .hasText(new String[] {"Cancel my order", "No, wait!", "Then we wait"});
        assertThat(page.locator("desk-composer .warning")).hasCount(0);
        assertThat(member.log.of(ada)).hasSize(3);
    }

    @Test
    @DisplayName("drafts survive a reload, each in its conversation")
    void draftsSurvive() {
        var ada = member.log.begin("Ada", "+18005550101");
        var grace = member.log.begin("Grace", "+18005550102");
        member.log.inbound(ada, "Hello?");
        member.log.inbound(grace, "Hi");
        openDesk(ada);
        composer().fill("Dear Ada,\nI am in the midd");
        row(grace).click();
        assertThat(composer()).hasValue("");
        composer().fill("Dear Grace");

        page.reload();

        row(ada).click();
        assertThat(composer()).hasValue("Dear Ada,\nI am in the midd");
        row(grace).click();
        assertThat(composer()).hasValue("Dear Grace");
        assertThat(member.log.last()).isEqualTo(2);
    }

    @Test
    @DisplayName("taking, releasing and handing over show in the thread and in the list")
    void claims() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Hello?");
        openDesk(ada);

        button("Take").click();
        assertThat(row(ada).locator(".claim")).hasText("Yours");
        assertThat(page.locator(".event")).containsText("You took the conversation");
        button("Release").click();
        assertThat(row(ada).locator(".claim")).hasCount(0);
        button("Transfer…").click();
        page.getByLabel("To the agent with the id").fill("a-9");
        page.getByLabel("What they should know").fill("Speaks German");
        button("Hand over").click();
        assertThat(row(ada).locator(".claim")).hasText("a-9");
        assertThat(page.locator(".event").last())
                .containsText("You handed over to a-9: Speaks German");

        composer().fill("Still me");
        composer().press("Enter");
        assertThat(bubbles()).hasText(new String[] {"Hello?", "Still me"});
    }

    @Test
    @DisplayName("what somebody else holds is refused with the member's own words")
    void heldBySomebodyElse() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "Hello?");
        openDesk(ada);
        assertThat(button("Take")).isVisible();
        ada.holder = ScriptedLog.JSON.createObjectNode().put("id", "a-9").put("name", "Linus");

        button("Take").click();

        assertThat(page.locator(".toast")).hasText("Held by a-9.");
        assertThat(row(ada).locator(".claim")).hasText("Linus");
    }

    @Test
    @DisplayName("nothing moves under the pointer: new ones wait behind a pill")
    void nothingReordersUnderThePointer() {
        var ada = member.log.begin("Ada", "+18005550101");
        var grace = member.log.begin("Grace", "+18005550102");
        member.log.inbound(ada, "first");
        member.log.inbound(grace, "second");
        openDesk();
        row(grace).hover();

        var linus = member.log.begin("Linus", "+18005550103");
        member.log.inbound(ada, "third");
        member.log.inbound(linus, "fourth");

        assertThat(page.locator(".list .pill")).hasText(Pattern.compile("2 new"));
        assertThat(page.locator("[role=option] .name")).containsText(new String[] {"Grace", "Ada"});
        page.locator(".list .pill").click();
        assertThat(page.locator("[role=option] .name"))
                .containsText(new String[] {"Linus", "Ada", "Grace"});
        assertThat(page.locator(".list .pill")).hasCount(0);
    }

    @Test
    @DisplayName("a wrong token is told kindly, and a token in the address leaves it at once")
    void signIn() {
        page.navigate(member.url() + "/desk/#token=wrong");
        assertThat(page.locator(".sign-in [role=alert]")).containsText("not valid");
        assertThat(page.url()).doesNotContain("wrong");

        page.locator("input[name=token]").fill(ScriptedMember.TOKEN);
        page.locator("input[name=name]").fill("Zoë Maria");
        button("Sign in").click();

        assertThat(page.locator(".connection")).hasText("Live");
        assertThat(page.locator(".bar .me")).hasAttribute("title", "zoë-maria");
        assertThat(page.evaluate("JSON.stringify(localStorage)").toString())
                .doesNotContain(ScriptedMember.TOKEN);
        button("Sign out").click();
        assertThat(page.evaluate("JSON.stringify(sessionStorage)").toString())
                .doesNotContain(ScriptedMember.TOKEN);
    }

    @Test
    @DisplayName(
            "a thread shows media by name, unknown things by their fallback, edits and reactions in place")
    void manyContents() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(
                ada,
                ScriptedLog.part("media")
                        .put("kind", "image")
                        .put("state", "stored")
                        .put("id", "01a200f5-da62-7000-ac19-6154ff7987a1")
                        .put("mediaType", "image/jpeg")
                        .put("bytes", 20480)
                        .put("name", "shoe.jpg"),
                "[image] shoe.jpg");
        member.log.inbound(
                ada, ScriptedLog.part("hologram").put("depth", 3), "A hologram of a shoe");
        ObjectNode note = ScriptedLog.part("note").put("text", "Prefers mornings");
        member.log.append(
                ada,
                "internal",
                ScriptedLog.actor("agent", "a-9", "Linus"),
                note,
                "Prefers mornings");
        openDesk(ada);

        assertThat(bubbles().nth(0)).containsText("shoe.jpg");
        assertThat(bubbles().nth(1)).containsText("A hologram of a shoe");
        assertThat(page.locator(".line.note")).containsText("Note, colleagues only");
        var opened = context().waitForPage(() -> button("Open shoe.jpg").click());
        assertThat(opened.url()).endsWith("/desk/icon.svg");
        assertThat(opened.evaluate("window.opener")).isNull();
    }
}
