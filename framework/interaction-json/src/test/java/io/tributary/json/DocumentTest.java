package io.tributary.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tributary.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/interactions.md")
class DocumentTest {

    private static final Path DOCUMENT = Path.of("../../docs/interactions.md");
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

    @Test
    @DisplayName("shows every type of content as it is written")
    void showsEveryType() throws IOException {
        var shown = examples();

        assertThat(Examples.contents().values())
                .filteredOn(content -> !isOfNewerBuild(content))
                .extracting(Content::type)
                .allSatisfy(type ->
                        assertThat(shown).anyMatch(example -> example.startsWith(start(type))));
        assertThat(golden()).containsAll(shown);
    }

    @Test
    @DisplayName("shows contents that an agent app may send as they are")
    void contentsCanBeSent() throws IOException {
        assertThat(examples())
                .filteredOn(example -> example.startsWith("{\"type\""))
                .hasSizeGreaterThanOrEqualTo(Content.class.getPermittedSubclasses().length)
                .allSatisfy(example ->
                        assertThatCode(() ->
                                        InteractionJson.decodeContentStrictly(
                                                example.getBytes(UTF_8)))
                                .doesNotThrowAnyException());
    }

    private static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static List<String> golden() throws IOException {
        var golden = new ArrayList<String>();
        try (var files = Files.list(Path.of("src/test/resources/golden"))) {
            for (Path file : files.toList()) {
                golden.add(Files.readString(file).strip());
            }
        }
        return golden;
    }

    private static boolean isOfNewerBuild(Content content) {
        return content instanceof Content.Custom custom && !custom.ofChannel();
    }

    private static String start(String type) {
        return "{\"type\":\"" + type + "\"";
    }
}
