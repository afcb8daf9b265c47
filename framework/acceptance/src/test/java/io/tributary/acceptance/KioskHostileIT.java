package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/// What a customer says at a kiosk, and what staff sends there, in a browser that came by another
/// name than links have.
@DisplayName("a kiosk, and the agents' desk beside it")
@Timeout(300)
final class KioskHostileIT extends KioskStage {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 4_000;

    /// What a customer would do by hand, much faster.
    private static final String SAY_ALL =
            """
            texts => {
              for (const text of texts) {
                document.getElementById('say').value = text;
                document.querySelector('.composer').requestSubmit();
              }
            }
            """;

    private final List<String> texts = HostileTexts.all();

    @Override
    String account() {
        return "{\"channel\": \"kiosk\", \"config\": {\"idle\": \"1h\"}}";
    }

    @Test
    @DisplayName(
            "show more than 500 hostile texts as what they are, and run nothing of them or of files")
    void hostile() throws Exception {
        assertThat(texts).hasSizeGreaterThan(500);
        kiosk.provision(member, "localhost");
        var address = page.url();
        kiosk.begins();

        var said = customerSays();
        var conversation = member.conversation();
        try (var desk = Visitor.at(chromium, member.desk())) {
            new DeskThread(desk.page()).shows(said);
            staffSays(conversation);
            others(conversation);
            pictures(conversation);
            assertThat(desk.page().locator(".log .bubble").last()).hasText("that was all");
            Harm.assertNone(desk.page(), "tributary-desk");
        }
        Harm.assertNone(page, "#kiosk, #paper");
        assertThat(page.url()).isEqualTo(address);
    }

    /// @return as the page takes it
    private List<String> customerSays() throws Exception {
        page.evaluate(SAY_ALL, texts);
        var said =
                ((List<?>) page.evaluate("texts => texts.map(each => each.trim())", texts))
                        .stream().map(String::valueOf).toList();
        assertThat(page.locator(".mine")).hasCount(texts.size());
        kiosk.rests();
        assertThat(page.locator(".mine p").allTextContents()).isEqualTo(said);
        assertThat(member.agent().texts()).isEqualTo(said);
        return said;
    }

    /// Everything as texts of theirs, and by somebody with such a name; and printed, each a line.
    private void staffSays(String conversation) throws Exception {
        var whole = HostileTexts.together(LONGEST);
        for (var text : whole) {
            send(conversation, Map.of("type", "text", "text", text));
        }
        assertThat(page.locator(".theirs > p")).hasCount(whole.size());
        assertThat(page.locator(".theirs > p").allTextContents()).isEqualTo(whole);
        assertThat(page.locator(".theirs .who").allTextContents()).containsOnly(texts.get(40));

        page.evaluate("() => window.print = () => dispatchEvent(new Event('afterprint'))");
        send(conversation, custom("print", Map.of("title", texts.get(30), "lines", texts)));
        assertThat(page.locator("#paper p")).hasCount(texts.size());
        assertThat(page.locator("#paper p").allTextContents()).isEqualTo(texts);
        assertThat(page.locator("#paper h1").allTextContents()).containsExactly(texts.get(30));
    }

    /// Where else words of theirs stand: tickets, pushed screens with pictures, choices.
    private void others(String conversation) throws Exception {
        var one = texts.get(50);
        send(
                conversation,
                custom("ticket", Map.of("number", one, "position", one, "minutes", one)));
        assertThat(page.locator(".ticket .number")).hasText(one);
        for (var address :
                List.of(
                        "javascript:hacked=1",
                        "data:text/html,<script>hacked=1</script>",
                        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='top.hacked=1'><script>hacked=1</script></svg>",
                        "//x/\"onerror=\"hacked=1")) {
            send(
                    conversation,
                    custom(
                            "screen",
                            Map.of("title", one, "text", one, "alt", one, "image", address)));
            assertThat(page.locator(".pushed img")).hasAttribute("src", address);
            assertThat(page.locator(".pushed h2")).hasText(one);
        }
        var choices = new ArrayList<Map<String, Object>>();
        texts.stream()
                .filter(each -> each.length() < 60 && each.startsWith("<"))
                .limit(10)
                .forEach(each -> choices.add(choice(choices.size(), each)));
        choices.add(Map.of("id", "u", "label", "elsewhere", "url", "javascript:window.hacked=1"));
        send(conversation, Map.of("type", "choices", "text", one, "choices", choices));
        assertThat(page.locator(".theirs .choices button")).hasCount(10);
        page.locator(".theirs .choices button").first().tap();
        assertThat(page.locator(".mine p").last())
                .hasText(choices.getFirst().get("label").toString());
    }

    private static Map<String, Object> choice(int number, String text) {
        return Map.of("id", "c" + number, "label", text, "description", text, "section", text);
    }

    private static Map<String, Object> custom(String name, Map<String, Object> data) {
        return Map.of("type", "custom", "name", "kiosk." + name, "fallback", "-", "data", data);
    }

    private void send(String conversation, Map<String, Object> part) throws Exception {
        var body =
                Map.of(
                        "agent", Map.of("id", "a-7", "name", texts.get(40)),
                        "parts", List.of(part));
        var answer = member.replied(conversation, JSON.writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /// What is a picture is seen, and whatever it is besides is not run.
    private void pictures(String conversation) throws Exception {
        var agent = member.agent();
        int carried = 0;
        for (var each : HostileFiles.pictures()) {
            var id = agent.upload("kiosk", "picture", each.mimeType, each.buffer);
            var answer =
                    member.replied(
                            conversation,
                            "{\"parts\": [{\"type\": \"media\", \"kind\": \"image\", \"state\": \"stored\", \"id\": \"%s\", \"mediaType\": \"%s\"}]}"
                                    .formatted(id, each.mimeType));
            if (answer.statusCode() == 202) {
                carried++;
            } else {
                // not what it says it is
                assertThat(answer.body()).contains("not-carried");
            }
        }
        assertThat(carried).isPositive();
        send(conversation, Map.of("type", "text", "text", "that was all"));
        assertThat(page.locator(".theirs > p").last()).hasText("that was all");
        assertThat(page.locator(".theirs img")).hasCount(carried);
        page.waitForFunction(
                "() => [...document.querySelectorAll('.theirs img')].some(each => each.naturalWidth > 0)");
        for (var picture : page.locator(".theirs img").all()) {
            HostileFiles.assertInert(
                    kiosk.context(), picture.evaluate("each => each.src").toString());
        }
    }
}
