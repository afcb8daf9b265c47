package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A plugin that the distribution does not bring, added to a member that runs; its page in a real
/// browser; an agent app by the API.
@DisplayName("a kiosk before a real member")
@Timeout(300)
final class KioskIT extends KioskStage {

    private static final String IDENTITY_KEY = "a-key-of-the-shop-that-is-long-enough";
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern CUSTOMER =
            Pattern.compile("\"customer\":\\{\"id\":\"([0-9a-f-]{36})\"");

    @Override
    String account() {
        return "{\"channel\": \"kiosk\", \"config\": {\"title\": \"Lamps & more\", \"idle\": \"60s\"}, \"secrets\": {\"identityKey\": \"%s\"}}"
                .formatted(IDENTITY_KEY);
    }

    @Test
    @DisplayName(
            "is let in by its code, calls for help, is answered, loses nothing while the member is away, and is wiped at the end")
    void wholeWay() throws Exception {
        kiosk.provision(member);
        accessible();
        kiosk.picture("attract");
        kiosk.begins();
        page.getByText("Ask for help").tap();
        kiosk.says("Where are the lamps?");
        kiosk.rests();

        String conversation = member.conversation();
        member.reply(conversation, "{\"type\": \"text\", \"text\": \"In aisle 4\"}");
        assertThat(page.locator(".theirs p")).hasText("In aisle 4");
        member.reply(
                conversation,
                "{\"type\": \"choices\", \"text\": \"Shall I come?\", \"choices\": [{\"id\": \"1\", \"label\": \"Yes, please\"}]}");
        page.getByText("Yes, please").tap();
        await("the choice").until(() -> member.log(conversation).contains("\"choiceMade\""));
        await("the receipts").until(() -> member.log(conversation).contains("\"read\""));

        kiosk.picture("session");
        unreadable(conversation);
        accessible();
        away(conversation);
        endedAndWiped(conversation);
    }

    @Test
    @DisplayName(
            "knows who checks in by the app's token, today and the next time, and nobody else; and tells nothing of a customer's code before they agree")
    void checksIn() throws Exception {
        kiosk.provision(member);
        readUnasked();
        var customers = new ArrayList<String>();
        for (var shown :
                List.of(
                        SignedUser.token(IDENTITY_KEY, "kiosk", "u-17"),
                        "{\"name\": \"Ada\", \"identity\": 1, \"token\": \"%s\"}"
                                .formatted(SignedUser.token(IDENTITY_KEY, "kiosk", "u-17")),
                        "{\"type\": \"site.user\", \"value\": \"u-17\"}",
                        SignedUser.token("another-key-that-nobody-believes-", "kiosk", "u-17"))) {
            kiosk.begins();
            kiosk.says("Good morning");
            if (customers.isEmpty()) {
                kiosk.checksInByKeyboard(shown);
            } else {
                kiosk.checksIn(shown);
            }
            kiosk.rests();
            var conversation = member.conversation();
            await("the visit").until(() -> member.log(conversation).contains("checkedIn"));
            customers.add(customer(conversation));
            kiosk.ends();
            await("the end").until(() -> member.conversation().isEmpty());
        }

        var known = customers.getFirst();
        assertThat(known).contains("\"site.user\"", "\"u-17\"").doesNotContain("tributary.");
        assertThat(id(customers.get(1))).as("who came a second time").isEqualTo(id(known));
        assertThat(id(customers.get(2))).as("who only says so").isNotEqualTo(id(known));
        assertThat(id(customers.get(3))).as("whose token is another's").isNotEqualTo(id(known));
        assertThat(customers.get(3)).doesNotContain("u-17");
        assertThat(member.api("GET", "/v1/interactions?limit=500", null).body())
                .contains("\"merged\"", "\"kiosk.token\":\"refused\"");
    }

    /// A customer's own code where a product's is expected, or among words: they are asked first.
    private void readUnasked() throws Exception {
        var token = SignedUser.token(IDENTITY_KEY, "kiosk", "u-17");
        var agreed = page.locator("#agreed");
        kiosk.begins();
        assertThat(page.locator("#say")).isFocused();
        kiosk.reads("4006381333931");
        assertThat(page.locator(".mine p")).hasText("Scan a product: 4006381333931");
        kiosk.reads(token);
        assertThat(agreed).isFocused();
        assertThat(page.locator("#asked")).hasValue(token);
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        for (var code :
                List.of(
                        "{\"name\": \"Ada\", \"token\": \"" + token + "\"}",
                        // of a code of several lines
                        "\"token\": \"" + token + "\"",
                        // cut by the field
                        "{\"name\": \"%s\", \"token\": \"%s\"}"
                                .formatted("A".repeat(1_930), token)
                                .substring(0, 2_000))) {
            kiosk.says(code);
            assertThat(agreed).isFocused();
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);
        }
        page.getByText("Scan a product").first().tap();
        page.locator("#asked").fill(token);
        page.locator("#asked").press("Enter");
        assertThat(agreed).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        kiosk.says("www.eyeglasses-online.com");
        kiosk.rests();
        assertThat(page.locator(".mine")).hasCount(2);
        assertThat(member.api("GET", "/v1/interactions?limit=500", null).body())
                .contains("4006381333931")
                .doesNotContain(token, token.substring(0, 30));

        kiosk.reads(token);
        page.keyboard().press("Space");
        page.keyboard().press("Enter");
        assertThat(page.locator(".mine p").last()).hasText("Check in");
        kiosk.rests();
        var conversation = member.conversation();
        await("the visit").until(() -> member.log(conversation).contains("checkedIn"));
        assertThat(customer(conversation)).contains("\"site.user\"", "\"u-17\"");
        kiosk.ends();
        await("the end").until(() -> member.conversation().isEmpty());
    }

    /// Who it is whose conversation it is, today.
    private String customer(String conversation) throws Exception {
        var stored = member.api("GET", "/v1/conversations/" + conversation, null).body();
        return member.api("GET", "/v1/customers/" + found(CUSTOMER, stored), null).body();
    }

    private static String id(String customer) {
        return found(ID, customer);
    }

    private static String found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    @Test
    @DisplayName(
            "is used by keyboard alone, in another language, and ends by itself when nobody is there")
    void keyboard() throws Exception {
        member.connect(
                "{\"channel\": \"kiosk\", \"config\": {\"idle\": \"12s\", \"languages\": [\"en\", \"ar\"]}}");
        kiosk.provision(member);
        assertThat(page.locator(".begin")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        page.locator(".begin").press("Enter");
        assertThat(page.locator("#say")).isFocused();
        page.keyboard().type("مرحبا");
        page.keyboard().press("Enter");
        assertThat(page.locator(".mine p")).hasText("مرحبا");

        page.locator("dialog").waitFor();
        kiosk.picture("still-there");
        page.locator("body[data-state=attract]").waitFor();
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator("html")).hasAttribute("dir", "ltr");
        await("the end")
                .until(() ->
                        member.api("GET", "/v1/interactions", null).body().contains("\"idle\""));
    }

    @Test
    @DisplayName(
            "waits for its member with a blank screen no longer than it must, is forgotten by staff alone, and hears that it was revoked while it was away")
    void staff() throws Exception {
        var refused = new AtomicBoolean();
        page.route(
                "**/account.json",
                route -> {
                    if (refused.getAndSet(true)) {
                        route.resume();
                    } else {
                        route.fulfill(new Route.FulfillOptions().setStatus(503));
                    }
                });
        kiosk.provision(member);
        assertThat(refused).isTrue();
        kiosk.begins();
        page.keyboard().press("Control+Alt+k");
        assertThat(page.locator("dialog")).hasCount(0);
        kiosk.ends();
        forget("berlin-8");
        assertThat(page.locator("body")).hasAttribute("data-state", "attract");
        accessible();
        forget("berlin-7");
        assertThat(page.locator("body")).hasAttribute("data-state", "setup");

        kiosk.provision(member);
        kiosk.begins();
        kiosk.says("Where are the lamps?");
        kiosk.rests();
        kiosk.context().setOffline(true);
        assertThat(page.locator(".offline")).containsText("No connection");
        member.api(
                "POST",
                "/admin/v1/accounts/kiosk/actions/revoke-device",
                "{\"input\": {\"device\": \"berlin-7\"}}");
        kiosk.context().setOffline(false);
        assertThat(page.locator("body")).hasAttribute("data-state", "setup");
    }

    private void forget(String device) {
        page.keyboard().press("Control+Alt+k");
        page.locator("#asked").fill(device);
        page.locator("#asked").press("Enter");
        assertThat(page.locator("dialog")).hasCount(0);
    }

    /// What nobody can read keeps nothing up that is said after it.
    private void unreadable(String conversation) throws Exception {
        kiosk.checksIn(
                "{\"type\": \"card\", \"value\": %s1%s}".formatted("[".repeat(30), "]".repeat(30)));
        page.evaluate(
                """
                async () => {
                  const db = await new Promise(r => { const q = indexedDB.open('kiosk-kiosk', 1); q.onsuccess = () => r(q.result); });
                  const queue = db.transaction('queue', 'readwrite').objectStore('queue');
                  const deep = JSON.parse('['.repeat(30) + ']'.repeat(30));
                  queue.add({ id: 'deep', action: 'Say', payload: { text: deep } });
                  queue.add({ id: 'long', action: 'Say', payload: { text: 'x'.repeat(100_000) } });
                }
                """);
        kiosk.says("after all that");
        kiosk.rests();
        await("what was said after it")
                .until(() -> member.log(conversation).contains("\"after all that\""));
    }

    private void accessible() {
        var found =
                new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze();
        assertThat(found.getViolations())
                .as("what a screen reader's user would miss")
                .extracting(each -> each.getId() + " " + each.getNodes().getFirst().getHtml())
                .isEmpty();
        assertThat(found.getPasses()).hasSizeGreaterThan(5);
    }

    /// What is said while nobody hears it is kept, and said in order, once.
    private void away(String conversation) throws Exception {
        int port = member.port();
        member.stop();
        assertThat(page.locator(".offline")).containsText("No connection");
        kiosk.says("one");
        kiosk.says("two");
        kiosk.says("three");
        assertThat(page.locator(".log .state")).hasCount(3);
        kiosk.picture("away");
        member.startAgain(port);
        // the longer it was away, the longer the page waits before it tries again
        assertThat(page.locator(".log .state"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        assertThat(page.locator(".offline")).isEmpty();
        member.reply(conversation, "{\"type\": \"text\", \"text\": \"Here again\"}");
        assertThat(page.locator(".theirs p").last()).hasText("Here again");
        assertThat(member.log(conversation))
                .containsSubsequence("\"one\"", "\"two\"", "\"three\"", "\"Here again\"");
        assertThat(member.log(conversation).split("\"text\":\"two\"", -1)).hasSize(2);
    }

    private void endedAndWiped(String conversation) throws Exception {
        kiosk.ends();
        assertThat(page.content()).doesNotContain("lamps?", "aisle 4");
        await("the end")
                .until(() ->
                        member.api("GET", "/v1/conversations/" + conversation, null)
                                .body()
                                .contains("\"open\":false"));
        var late =
                member.replied(
                        conversation,
                        "{\"parts\": [{\"type\": \"text\", \"text\": \"Too late\"}]}");
        assertThat(late.statusCode()).isEqualTo(409);

        kiosk.begins();
        kiosk.says("I am somebody else");
        await("another conversation")
                .until(() ->
                        !member.conversation().equals(conversation)
                                && !member.conversation().isEmpty());
        assertThat(
                        page.evaluate(
                                        "async () => { const db = await new Promise(r => { const q = indexedDB.open('kiosk-kiosk', 1); q.onsuccess = () => r(q.result); });"
                                                + " return await new Promise(r => { const q = db.transaction('queue').objectStore('queue').getAll(); q.onsuccess = () => r(JSON.stringify(q.result)); }); }")
                                .toString())
                .doesNotContain("lamps?");
    }
}
