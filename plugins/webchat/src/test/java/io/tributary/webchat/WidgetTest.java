package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class WidgetTest {

    private static final int LARGEST = 40_000;

    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        host.close();
    }

    private String script(TestSettings settings) {
        var account = new WebChatAccount(host.context(settings));
        var page = account.page("widget.js", Map.of());
        assertThat(page).isNotNull();
        return page.body().utf8();
    }

    @Test
    @DisplayName("is one script, kept for some minutes; there is no other page")
    void page() {
        var account = new WebChatAccount(host.context(Sample.settings()));
        var page = account.page("widget.js", Map.of());

        assertThat(page).isNotNull();
        assertThat(page.type()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(page.cacheFor()).isEqualTo(Duration.ofMinutes(5));
        assertThat(account.page("widget.js", Map.of())).isEqualTo(page);
        for (var path :
                List.of("", "widget", "/widget.js", "../widget.js", "words.js", "style.css")) {
            assertThat(account.page(path, Map.of())).isNull();
        }
    }

    @Test
    @DisplayName("is smaller than 40 kB, compressed")
    void size() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(script(Sample.settings()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(out.size()).isLessThan(LARGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
                "setAttribute(\"style",
                "createElement(\"script",
                "createElement(\"style",
                "DOMParser",
                "createContextualFragment",
                "document.cookie"
            })
    @DisplayName("has no words that read text as code or need more than the site allows")
    void forbidden(String word) {
        assertThat(script(Sample.settings())).doesNotContain(word);
    }

    @Test
    @DisplayName("is told nothing that is secret, and what it is told cannot be taken for code")
    void settings() {
        var text = "\"; alert(1); </script>\u2028\\";
        var script =
                script(
                        Sample.settings()
                                .with(
                                        "texts",
                                        TestSettings.NONE.with(
                                                "de", TestSettings.NONE.with("title", text)))
                                .with(
                                        "invitations",
                                        List.of(
                                                TestSettings.NONE
                                                        .with("name", "n")
                                                        .with("text", "t")
                                                        .with("afterSeconds", 5))));
        var line = script.lines().filter(each -> each.startsWith("const SETTINGS = ")).findFirst();
        var json = line.orElseThrow().replaceFirst("const SETTINGS = ", "").replaceFirst(";$", "");
        var told = new JsonMapper().readTree(json);

        assertThat(told.path("texts").path("de").path("title").asString("")).isEqualTo(text);
        assertThat(told.path("connect").asString("")).endsWith("/connect");
        assertThat(told.path("invitations").path(0).path("after").asInt()).isEqualTo(5);
        assertThat(script).doesNotContain(Sample.KEY).doesNotContain("identityKey");
    }

    @Test
    @DisplayName("says everything in every language, with the same gaps and all plurals")
    void words() throws Exception {
        var source =
                new String(
                        WidgetTest.class.getResourceAsStream("widget/words.js").readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        var languages = new TreeMap<String, Set<String>>();
        var language = "";
        for (var row : source.lines().toList()) {
            var begins = Pattern.compile("^  (\\w\\w): \\{$").matcher(row);
            if (begins.matches()) {
                language = begins.group(1);
                languages.put(language, new TreeSet<>());
            }
            var word = Pattern.compile("(\\w+): (\"([^\"]*)\"|\\{)").matcher(row);
            while (!begins.matches() && row.startsWith("    ") && word.find()) {
                if (!List.of("zero", "one", "two", "few", "many").contains(word.group(1))) {
                    languages.get(language).add(word.group(1) + gaps(word.group(2)));
                }
            }
        }

        assertThat(languages.keySet()).containsExactly("ar", "de", "en", "es", "fr");
        assertThat(languages.get("en")).hasSizeGreaterThan(50);
        assertThat(languages.values()).allMatch(languages.get("en")::equals);
        assertThat(source).contains("zero: \"", "two: \"", "few: \"");
    }

    private static Set<String> gaps(String text) {
        var gaps = new TreeSet<String>();
        var found = Pattern.compile("\\{\\w+}").matcher(text);
        while (found.find()) {
            gaps.add(found.group());
        }
        return gaps;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"origins\":[\"https://a.example\"]} | 0",
                "{\"origins\":[\"https://*.a.example\"],\"color\":\"#00ff00\",\"preChat\":\"required\",\"preChatFields\":[\"name\"],\"texts\":{\"ar\":{\"title\":\"x\"}}} | 0",
                "{\"origins\":[\"https://a.example\"],\"invitations\":[{\"name\":\"n\",\"text\":\"t\",\"afterSeconds\":30,\"page\":\"/prices/*\",\"scrolledPercent\":50}]} | 0",
                "{} | 1",
                "{\"origins\":[]} | 1",
                "{\"origins\":[\"a.example\"]} | 1",
                "{\"origins\":[\"https://a.example\"],\"color\":\"red;}\"} | 1",
                "{\"origins\":[\"https://a.example\"],\"privacyUrl\":\"javascript:alert(1)\"} | 1",
                "{\"origins\":[\"https://a.example\"],\"colour\":\"#000000\"} | 1",
                "{\"origins\":[\"https://a.example\"],\"identityKey\":\"short\"} | 1"
            })
    @DisplayName("has settings that its schema describes")
    void schema(String settings, int problems) {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(new WebChatChannel().descriptor().settings().text());

        assertThat(schema.validate(new JsonMapper().readTree(settings.strip()))).hasSize(problems);
    }

    @Test
    @DisplayName("its seals hold for one visitor and one medium, on all members")
    void seals() throws Exception {
        var media = Translation.media("01890a5d-ac96-774b-bcce-b302099a8057");
        var other = Translation.media("01890a5d-ac96-774b-bcce-b302099a8058");
        var grant = new MediaSeal(host.state()).grant("ada", media);
        var elsewhere = new MediaSeal(host.state());

        assertThat(elsewhere.isGranted("ada", media, grant)).isTrue();
        assertThat(elsewhere.isGranted("bob", media, grant)).isFalse();
        assertThat(elsewhere.isGranted("ada", other, grant)).isFalse();
        assertThat(elsewhere.isGranted("ada", media, "")).isFalse();
        assertThat(elsewhere.isGranted("ada", media, "%%")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> io.tributary.model.MediaId.of("x"));
    }
}
