package io.tributary.host.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("docs/configuration.md, on the trust list,")
final class TrustPageTest {

    private final Reference page = new Reference("configuration.md");

    @TempDir Path folder;

    @Test
    @DisplayName("lists exactly the keys of its schema")
    void keys() throws IOException {
        List<String> rows = new ArrayList<>(List.of("| key | meaning |", "|---|---|"));
        collect("", Checker.TRUST.schema(), rows);

        page.holds(TrustPageTest.class, String.join("\n", rows) + "\n");
    }

    @Test
    @DisplayName("shows one that can be read")
    void example() throws Exception {
        String text = page.text();
        int from =
                text.indexOf("```yaml", text.indexOf("## The trust list")) + "```yaml\n".length();
        Path file = folder.resolve("trust.yaml");
        Files.writeString(file, text.substring(from, text.indexOf("```", from)));

        assertThat(TrustFile.read(file).keys()).hasSize(1);
    }

    private static void collect(String prefix, JsonNode rule, List<String> rows) {
        rule.path("properties")
                .forEachEntry((name, inner) -> {
                    String meaning = inner.path("description").asString("");
                    assertThat(meaning).as("%s has a description", name).isNotBlank();
                    rows.add("| `" + prefix + name + "` | " + meaning + " |");
                    collect(prefix + name + "[].", inner.path("items"), rows);
                });
    }
}
