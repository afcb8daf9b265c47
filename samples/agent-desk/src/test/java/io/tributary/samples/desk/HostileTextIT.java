package io.tributary.samples.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whatever a customer writes is text.
class HostileTextIT extends DeskFixture {

    private static final String ELEMENTS =
            "script, img, iframe, object, embed, math, marquee, base, meta[http-equiv], style, video, audio, details, template";

    @Test
    @DisplayName("no hostile string runs, becomes an element or makes a link that runs")
    void textStaysText() {
        List<String> strings = strings();
        assertThat(strings).hasSizeGreaterThan(50);
        page.addInitScript(
                "window.alert = window.confirm = window.prompt = () => { window.bitten = true; }");
        var eve = member.log.begin("<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>");
        strings.forEach(each -> member.log.inbound(eve, each));
        openDesk(eve);
        strings.reversed().stream().limit(5).forEach(each -> member.log.inbound(eve, each));
        page.waitForFunction(
                "count => document.querySelectorAll('.log .bubble').length >= count",
                strings.size() + 5 > 60 ? 60 : strings.size() + 5);

        var shown = page.locator(".log .bubble .text");
        List<String> texts = shown.allTextContents();
        assertThat(texts)
                .containsAll(strings.subList(Math.max(0, strings.size() - 50), strings.size()));
        everythingIsText();
    }

    @Test
    @DisplayName("names, captions, labels, reasons and fallbacks are text as well")
    void otherMembersStayText() {
        var eve = member.log.begin("<b>Eve</b>", "javascript:alert(1)");
        page.addInitScript(
                "window.alert = window.confirm = window.prompt = () => { window.bitten = true; }");
        for (String each : strings().subList(0, 12)) {
            ObjectNode choices = ScriptedLog.part("choices").put("text", each);
            ArrayNode list = choices.putArray("choices");
            list.addObject().put("id", "a").put("label", each).put("url", each);
            list.addObject().put("id", "b").put("label", "b").put("url", "javascript:alert(1)");
            list.addObject()
                    .put("id", "c")
                    .put("label", "c")
                    .put("url", "https://shop.example/\" onclick=\"alert(1)");
            member.log.inbound(eve, choices, each);
            member.log.inbound(
                    eve,
                    ScriptedLog.part("media")
                            .put("kind", each)
                            .put("state", "failed")
                            .put("name", each)
                            .put("caption", each),
                    each);
            member.log.inbound(eve, ScriptedLog.part(each).put("name", each), each);
            member.log.append(
                    eve,
                    "internal",
                    ScriptedLog.actor("agent", each, each),
                    ScriptedLog.part("handover").put("note", each),
                    each);
            member.log.append(
                    eve,
                    "internal",
                    ScriptedLog.actor("agent", each, each),
                    ScriptedLog.part("note").put("text", each),
                    each);
        }
        openDesk(eve);
        assertThat(bubbles().last()).isVisible();
        everythingIsText();
    }

    private void everythingIsText() {
        assertThat(page.evaluate("window.bitten === true")).isEqualTo(false);
        assertThat(page.locator("tributary-desk").locator(ELEMENTS)).hasCount(0);
        Object odd =
                page.evaluate(
                        """
                        () => [...document.querySelectorAll('tributary-desk *')].flatMap((element) => [...element.attributes]
                            .filter((each) => each.name.startsWith('on') || each.name === 'style' || each.name === 'srcdoc'
                                || (each.name === 'href' && !/^https?:\\/\\//.test(each.value)))
                            .map((each) => element.tagName + ' ' + each.name + '=' + each.value))
                        """);
        assertThat(odd).isEqualTo(List.of());
        Object loose =
                page.evaluate(
                        "() => [...document.querySelectorAll('tributary-desk a')].filter((a) => !a.relList.contains('noopener')).length");
        assertThat(loose).isEqualTo(0);
    }

    private static List<String> strings() {
        try (var in = HostileTextIT.class.getResourceAsStream("/hostile.txt")) {
            if (in == null) {
                throw new IllegalStateException("hostile.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .distinct()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
