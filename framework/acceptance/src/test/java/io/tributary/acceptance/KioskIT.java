package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A plugin that the distribution does not bring, added to a member that runs; its page in a real
/// browser; an agent app by the API.
@DisplayName("a kiosk before a real member")
@Timeout(300)
final class KioskIT {

    private static final Path TARGET = Path.of("../../plugins/kiosk/target");
    private static final Pattern CODE = Pattern.compile("\"code\":\"([0-9A-Z-]+)\"");
    private static final Pattern OPEN = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final String HOSTILE =
            "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>\"'><svg/onload=hacked=1>{{7*7}}${7*7}\\u202Eevil";

    @TempDir Path folder = Path.of("");

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Member member;
    private Chromium chromium;
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void start() throws Exception {
        chromium = Chromium.start();
        member = Member.start(Distribution.BUILT, folder, unsigned());
        addPlugin();
        member.connect(
                "kiosk",
                "{\"channel\": \"kiosk\", \"config\": {\"title\": \"Lamps & more\", \"idle\": \"60s\"}}");
        context =
                chromium.browser()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(1080, 1280)
                                        .setReducedMotion(ReducedMotion.REDUCE)
                                        .setHasTouch(true));
        context.setDefaultTimeout(30_000);
        page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !expected(message.text())) {
                errors.add(message.text());
            }
        });
    }

    private static Map<String, String> unsigned() {
        return Map.of("TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true");
    }

    /// Lost connections, and the picture that the policy refused: both on purpose.
    private static boolean expected(String text) {
        return text.startsWith("Failed to load resource:")
                || text.startsWith("WebSocket connection")
                || text.contains("javascript:hacked=1");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each :
                new AutoCloseable[] {context, chromium, member, http::shutdownNow}) {
            if (each != null) {
                each.close();
            }
        }
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }

    private void addPlugin() throws Exception {
        Path jar;
        try (var files = Files.list(TARGET)) {
            jar =
                    files.filter(each ->
                                    each.getFileName().toString().matches("kiosk-[0-9].*\\.jar"))
                            .findFirst()
                            .orElseThrow();
        }
        var added =
                Distribution.BUILT.run(
                        Map.of(
                                "TRIBUTARY_URL",
                                member.url().toString(),
                                "TRIBUTARY_TOKEN",
                                Member.TOKEN),
                        "plugin",
                        "add",
                        jar.toString());
        assertThat(added.exit()).as(added.out() + added.err()).isZero();
    }

    @Test
    @DisplayName(
            "is let in by its code, calls for help, is answered, loses nothing while the member is away, runs nobody's script, and is wiped at the end")
    void wholeWay() throws Exception {
        provision();
        accessible();
        picture("attract");
        page.locator(".begin").tap();
        page.getByText("Ask for help").tap();
        say("Where are the lamps?");
        assertThat(page.locator(".log .state")).hasCount(0);

        String conversation = conversation();
        reply(conversation, "{\"type\": \"text\", \"text\": \"In aisle 4\"}");
        assertThat(page.locator(".theirs p")).hasText("In aisle 4");
        reply(
                conversation,
                "{\"type\": \"choices\", \"text\": \"Shall I come?\", \"choices\": [{\"id\": \"1\", \"label\": \"Yes, please\"}]}");
        page.getByText("Yes, please").tap();
        await("the choice").until(() -> log(conversation).contains("\"choiceMade\""));
        await("the receipts").until(() -> log(conversation).contains("\"read\""));

        picture("session");
        hostile(conversation);
        picture("hostile");
        unreadable(conversation);
        accessible();
        away(conversation);
        endedAndWiped(conversation);
    }

    @Test
    @DisplayName(
            "is used by keyboard alone, in another language, and ends by itself when nobody is there")
    void keyboard() throws Exception {
        member.connect(
                "kiosk",
                "{\"channel\": \"kiosk\", \"config\": {\"idle\": \"12s\", \"languages\": [\"en\", \"ar\"]}}");
        provision();
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
        picture("still-there");
        page.locator("body[data-state=attract]").waitFor();
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator("html")).hasAttribute("dir", "ltr");
        await("the end")
                .until(() -> api("GET", "/v1/interactions", null).body().contains("\"idle\""));
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
        provision();
        assertThat(refused).isTrue();
        page.locator(".begin").tap();
        page.keyboard().press("Control+Alt+k");
        assertThat(page.locator("dialog")).hasCount(0);
        page.locator(".end").tap();
        assertThat(page.locator("body")).hasAttribute("data-state", "attract");
        forget("berlin-8");
        assertThat(page.locator("body")).hasAttribute("data-state", "attract");
        accessible();
        forget("berlin-7");
        assertThat(page.locator("body")).hasAttribute("data-state", "setup");

        provision();
        page.locator(".begin").tap();
        say("Where are the lamps?");
        assertThat(page.locator(".log .state")).hasCount(0);
        context.setOffline(true);
        assertThat(page.locator(".offline")).containsText("No connection");
        api(
                "POST",
                "/admin/v1/accounts/kiosk/actions/revoke-device",
                "{\"input\": {\"device\": \"berlin-7\"}}");
        context.setOffline(false);
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
        page.getByText("Check in").tap();
        page.locator("#agreed").check();
        page.locator("#asked")
                .fill(
                        "{\"type\": \"card\", \"value\": %s1%s}"
                                .formatted("[".repeat(30), "]".repeat(30)));
        page.locator("#asked").press("Enter");
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
        say("after all that");
        assertThat(page.locator(".log .state")).hasCount(0);
        await("what was said after it")
                .until(() -> log(conversation).contains("\"after all that\""));
    }

    private void provision() throws Exception {
        var made =
                api(
                        "POST",
                        "/admin/v1/accounts/kiosk/actions/make-code",
                        "{\"input\": {\"device\": \"berlin-7\", \"store\": \"berlin\", \"floor\": \"2\"}}");
        String code = found(CODE, made.body());
        Matcher address = Pattern.compile("\"page\":\"([^\"#]+)#").matcher(made.body());
        assertThat(address.find()).as(made.body()).isTrue();
        page.navigate(address.group(1));
        page.locator("#code").fill(code);
        picture("setup");
        page.locator("#code").press("Enter");
        assertThat(page.locator("body")).hasAttribute("data-state", "attract");
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

    private void hostile(String conversation) throws Exception {
        reply(conversation, "{\"type\": \"text\", \"text\": " + quoted(HOSTILE) + "}");
        assertThat(page.locator(".theirs p").last()).hasText(HOSTILE);
        say(HOSTILE);
        assertThat(page.locator(".mine p").last()).hasText(HOSTILE);
        for (var kind : List.of("ticket", "screen")) {
            reply(
                    conversation,
                    "{\"type\": \"custom\", \"name\": \"kiosk.%s\", \"fallback\": \"-\", \"data\": {\"number\": %s, \"title\": %s, \"text\": %s, \"image\": \"javascript:hacked=1\"}}"
                            .formatted(kind, quoted(HOSTILE), quoted(HOSTILE), quoted(HOSTILE)));
        }
        assertThat(page.locator(".ticket .number")).hasText(HOSTILE);
        assertThat(page.locator(".pushed h2")).hasText(HOSTILE);
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    /// What is said while nobody hears it is kept, and said in order, once.
    private void away(String conversation) throws Exception {
        int port = member.url().getPort();
        member.stop();
        assertThat(page.locator(".offline")).containsText("No connection");
        say("one");
        say("two");
        say("three");
        assertThat(page.locator(".log .state")).hasCount(3);
        picture("away");
        member = Member.start(Distribution.BUILT, folder, port, unsigned());
        // the longer it was away, the longer the page waits before it tries again
        assertThat(page.locator(".log .state"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        assertThat(page.locator(".offline")).isEmpty();
        reply(conversation, "{\"type\": \"text\", \"text\": \"Here again\"}");
        assertThat(page.locator(".theirs p").last()).hasText("Here again");
        assertThat(log(conversation))
                .containsSubsequence("\"one\"", "\"two\"", "\"three\"", "\"Here again\"");
        assertThat(log(conversation).split("\"text\":\"two\"", -1)).hasSize(2);
    }

    private void endedAndWiped(String conversation) throws Exception {
        page.locator(".end").tap();
        assertThat(page.locator("body")).hasAttribute("data-state", "attract");
        assertThat(page.content()).doesNotContain("lamps?", "aisle 4", "evil");
        await("the end")
                .until(() ->
                        api("GET", "/v1/conversations/" + conversation, null)
                                .body()
                                .contains("\"open\":false"));
        var late =
                api(
                        "POST",
                        "/v1/conversations/" + conversation + "/interactions",
                        "{\"parts\": [{\"type\": \"text\", \"text\": \"Too late\"}]}");
        assertThat(late.statusCode()).isEqualTo(409);

        page.locator(".begin").tap();
        say("I am somebody else");
        await("another conversation")
                .until(() -> !conversation().equals(conversation) && !conversation().isEmpty());
        assertThat(
                        page.evaluate(
                                        "async () => { const db = await new Promise(r => { const q = indexedDB.open('kiosk-kiosk', 1); q.onsuccess = () => r(q.result); });"
                                                + " return await new Promise(r => { const q = db.transaction('queue').objectStore('queue').getAll(); q.onsuccess = () => r(JSON.stringify(q.result)); }); }")
                                .toString())
                .doesNotContain("lamps?", "evil");
    }

    /// For eyes, where somebody wants to look: `-Dtributary.pictures=FOLDER`.
    private void picture(String name) {
        String into = System.getProperty("tributary.pictures");
        if (into != null) {
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of(into, "kiosk-" + name + ".png")));
        }
    }

    private void say(String text) {
        Locator field = page.locator("#say");
        field.fill(text);
        field.press("Enter");
    }

    /// The newest that is open.
    private String conversation() throws Exception {
        var open = api("GET", "/v1/conversations?account=kiosk&open=true", null).body();
        Matcher found = OPEN.matcher(open);
        return found.find() ? found.group(1) : "";
    }

    private String log(String conversation) throws Exception {
        return api("GET", "/v1/interactions?limit=500&conversation=" + conversation, null).body();
    }

    private void reply(String conversation, String part) throws Exception {
        var answer =
                api(
                        "POST",
                        "/v1/conversations/" + conversation + "/interactions",
                        "{\"parts\": [" + part + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<String> api(String method, String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(member.url().resolve(path))
                        .header("Authorization", "Bearer " + Member.TOKEN)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
