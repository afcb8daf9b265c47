package io.tributary.host.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("docs/configuration.md")
final class ConfigurationPageTest {

    private final Reference page = new Reference("configuration.md");

    @Test
    @DisplayName("lists exactly the keys of the schema, with their defaults and meanings")
    void keys() throws IOException {
        List<String> rows =
                new ArrayList<>(List.of("| key | default | meaning |", "|---|---|---|"));
        collect("", Checker.TRIBUTARY.schema(), rows);

        page.holds(ConfigurationPageTest.class, String.join("\n", rows) + "\n");
    }

    @Test
    @DisplayName("names every variable that is read elsewhere")
    void variables() throws IOException {
        assertThat(page.text()).contains(Environment.OTHERS);
    }

    private static void collect(String prefix, JsonNode rule, List<String> rows) {
        rule.path("properties")
                .forEachEntry((name, inner) -> {
                    String key = prefix + name;
                    if (!inner.path("properties").isObject()) {
                        rows.add(row(key, inner));
                    }
                    collect(key + ".", inner, rows);
                });
        if (rule.path("additionalProperties").path("properties").isObject()) {
            collect(prefix + "<id>.", rule.path("additionalProperties"), rows);
        }
    }

    private static String row(String key, JsonNode rule) {
        JsonNode standard = rule.path("default");
        String shown =
                standard.isMissingNode()
                        ? ""
                        : "`" + (standard.isString() ? standard.asString() : standard) + "`";
        String meaning = rule.path("description").asString("");
        assertThat(meaning).as("%s has a description", key).isNotBlank();
        List<String> words = new ArrayList<>();
        rule.path("enum").forEach(each -> words.add("`" + each.asString() + "`"));
        String choice = words.isEmpty() ? "" : " " + String.join(", ", words) + ".";
        return "| `" + key + "` | " + shown + " | " + meaning + choice + " |";
    }
}
