package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Mallory, who says and sends in the web chat what would run something where it is read as
/// anything but text, and an agent whose words would, too.
record HostileChat(AgentApp agent, Visitor mallory) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILES = ".own a:has(.file)";

    /// What a visitor would do by hand, much faster.
    private static final String SAY_ALL =
            """
            texts => {
              const shadow = document.querySelector('tributary-chat').shadowRoot;
              for (const text of texts) {
                shadow.querySelector('#write').value = text;
                shadow.querySelector('.composer').requestSubmit();
              }
            }
            """;

    /// Without what the widget tells screen readers of links.
    private static final String WORDS =
            """
            all => all.map(each => {
              const words = each.cloneNode(true);
              words.querySelectorAll('.hidden').forEach(told => told.remove());
              return words.textContent;
            })
            """;

    /// On a page that permits everything.
    private static final String EMBED =
            """
            links => Promise.all(links.flatMap(link => ['script', 'img'].map(name => new Promise(resolve => {
              const made = document.createElement(name);
              made.onload = made.onerror = resolve;
              made.src = link;
              document.body.append(made);
            }))))
            """;

    /// @return as a browser trims it, and what told that it was all
    List<String> says(List<String> texts) throws Exception {
        mallory.page().evaluate(SAY_ALL, texts);
        mallory.says("that was all");
        agent.conversationWith("that was all");
        var said = trimmed(texts);
        assertThat(agent.texts()).containsAll(said);
        assertThat(mallory.bubbles()).hasCount(texts.size() + 2);
        assertThat(List.<Object>copyOf((List<?>) mallory.in(".own .text").evaluateAll(WORDS)))
                .containsAll(said);
        said.add("that was all");
        return said;
    }

    private List<String> trimmed(List<String> texts) {
        var trimmed = mallory.page().evaluate("texts => texts.map(each => each.trim())", texts);
        var said = new ArrayList<String>();
        ((List<?>) trimmed).forEach(each -> said.add(String.valueOf(each)));
        return said;
    }

    void isAnswered(String conversation, List<String> texts) throws Exception {
        for (int from = 0; from < texts.size(); from += 50) {
            agent.reply(conversation, form(texts.subList(from, Math.min(texts.size(), from + 50))));
        }
        agent.reply(conversation, others(texts));
        agent.say(conversation, "that was all of ours");
        assertThat(mallory.bubbles().last()).hasText("that was all of ours");
        assertThat(mallory.in(".log .field label")).hasCount(texts.size());
        assertThat(
                        mallory.in(
                                "a:not([href^='https://']):not([href^='http://']):not([href^='mailto:'])"))
                .hasCount(0);
    }

    private static String form(List<String> texts) {
        var fields = new ArrayList<Map<String, Object>>();
        for (var text : texts) {
            fields.add(
                    Map.of(
                            "name",
                            "f" + fields.size(),
                            "label",
                            text,
                            "input",
                            "text",
                            "required",
                            false));
        }
        return JSON.writeValueAsString(
                Map.of("type", "form", "form", "f", "title", texts.getFirst(), "fields", fields));
    }

    private static String others(List<String> texts) {
        var choices = new ArrayList<Map<String, Object>>();
        for (var text : texts.subList(40, 60)) {
            choices.add(
                    Map.of(
                            "id",
                            "c" + choices.size(),
                            "label",
                            text,
                            "description",
                            text,
                            "url",
                            "javascript:window.hacked=1"));
        }
        return JSON.writeValueAsString(
                        Map.of("type", "choices", "text", texts.getLast(), "choices", choices))
                + ","
                + JSON.writeValueAsString(
                        Map.of(
                                "type",
                                "card",
                                "title",
                                texts.get(30),
                                "text",
                                texts.get(31),
                                "choices",
                                choices.subList(0, 3)));
    }

    /// What is not a picture is a file to download, whatever it says of itself; and no other site
    /// gets a script of it.
    void sends(List<FilePayload> files, Page desk) throws Exception {
        mallory.page()
                .evaluate(
                        "() => document.querySelector('tributary-chat').shadowRoot.querySelector('input[type=file]').multiple = true");
        mallory.in("input[type=file]").setInputFiles(files.toArray(FilePayload[]::new));
        assertThat(mallory.in(FILES)).hasCount(files.size());
        var shown = mallory.in(FILES).allTextContents();
        for (var each : files) {
            assertThat(shown).anyMatch(label -> label.startsWith(each.name));
        }
        mallory.says("and these were the files");
        agent.conversationWith("and these were the files");
        assertThat(desk.locator(".log .bubble").last()).hasText("and these were the files");
        assertThat(desk.locator(".log .medium .title bdi").allTextContents())
                .containsAll(files.stream().map(each -> each.name).toList());
        var links =
                mallory.in(FILES).all().stream().map(each -> each.getAttribute("href")).toList();
        links.forEach(each -> HostileFiles.assertInert(mallory.context(), each));
        embed(links);
    }

    private void embed(List<String> links) {
        Page elsewhere = mallory.context().newPage();
        elsewhere.onDialog(dialog -> {
            mallory.errors().add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        elsewhere.navigate("about:blank");
        elsewhere.evaluate(EMBED, links);
        assertThat(elsewhere.evaluate("String(window.hacked)")).isEqualTo("undefined");
        elsewhere.close();
    }

    void harmsNobody(Page desk) {
        Harm.assertNone(mallory.page(), "tributary-chat");
        Harm.assertNone(desk, "tributary-desk");
    }
}
