package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Door;
import io.tributary.spi.ServesPages;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the kiosk's page")
class PagesTest {

    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        host.close();
    }

    private ServesPages pages(TestSettings settings) {
        return (ServesPages) new KioskChannel().open(host.context(settings));
    }

    private static String text(ServesPages pages, String path) throws Exception {
        var page = pages.page(path, Map.of());
        assertThat(page).as(path).isNotNull();
        return page.body().utf8();
    }

    @Test
    @DisplayName("names its parts whole, and all of them are there")
    void parts() throws Exception {
        var pages = pages(TestSettings.NONE);
        var html = text(pages, "");
        var own = "/channels/" + FakeHost.ACCOUNT + "/pages/";

        assertThat(html).isEqualTo(text(pages, "kiosk.html"));
        assertThat(html).contains("src=\"" + own + "kiosk.js\"", "href=\"" + own + "kiosk.css\"");
        var imports = Pattern.compile("from '\\./([a-z]+\\.js)'");
        for (var file : List.of("kiosk.js", "screen.js", "socket.js", "store.js", "words.js")) {
            var found = imports.matcher(text(pages, file));
            while (found.find()) {
                assertThat(pages.page(found.group(1), Map.of())).isNotNull();
            }
        }
    }

    @Test
    @DisplayName("has no script and no style of its own in it, and makes no markup of texts")
    void strict() throws Exception {
        var pages = pages(TestSettings.NONE);

        assertThat(text(pages, ""))
                .doesNotContain("<style", "style=")
                .doesNotContainPattern("<script[^>]*>[^<]")
                .doesNotContainPattern("\\son[a-z]+=")
                .contains("require-trusted-types-for 'script'");
        for (var file : List.of("kiosk.js", "screen.js", "socket.js", "store.js", "words.js")) {
            assertThat(text(pages, file))
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(");
        }
    }

    @Test
    @DisplayName("is told of the account what the settings say, and no secret")
    void account() throws Exception {
        var usual = WireJson.read(text(pages(Sample.settings()), "account.json"));
        assertThat(usual.path("languages").size()).isEqualTo(5);
        assertThat(usual.path("connect").asString()).endsWith("/connect");
        assertThat(host.context(TestSettings.NONE).url(Door.PAGES, "").toString())
                .startsWith(usual.path("origin").asString("-") + "/channels/");
        assertThat(usual.toString()).doesNotContain(Sample.FLEET_KEY);

        var own =
                text(
                        pages(
                                TestSettings.NONE
                                        .with("title", "Lamps & more")
                                        .with("languages", List.of("ar", "de"))
                                        .with("services", List.of("help"))
                                        .with("idle", "30s")),
                        "account.json");
        assertThat(own)
                .contains(
                        "\"title\":\"Lamps & more\"",
                        "\"languages\":[\"ar\",\"de\"]",
                        "\"services\":[\"help\"]",
                        "\"idle\":30");
    }

    @Test
    @DisplayName("is all there is: nothing else of the jar can be had")
    void nothingElse() throws Exception {
        var pages = pages(TestSettings.NONE);
        for (var path :
                List.of(
                        "settings.json",
                        "../settings.json",
                        "KioskChannel.class",
                        "/",
                        "page/kiosk.js")) {
            assertThat(pages.page(path, Map.of())).isNull();
        }
    }

    @Test
    @DisplayName("speaks each of its languages with the same words")
    void words() throws Exception {
        var script = text(pages(TestSettings.NONE), "words.js");
        var keys = Pattern.compile("([a-zA-Z]+): '");
        var languages = script.split("(?m)^  [a-z]{2}: \\{");
        assertThat(languages).hasSize(6);
        List<String> english = keys.matcher(languages[1]).results().map(r -> r.group(1)).toList();
        assertThat(english).hasSizeGreaterThan(30);
        for (int i = 2; i < languages.length; i++) {
            assertThat(keys.matcher(languages[i]).results().map(r -> r.group(1)))
                    .containsExactlyElementsOf(english);
        }
    }
}
