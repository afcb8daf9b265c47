package io.tributary.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tributary.model.Content;
import io.tributary.model.Interaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pins the wire form: what these files hold was written to logs and read by agent apps.
///
/// `mvn test -pl framework/interaction-json -am -Dtributary.golden=rewrite` writes them anew. A
/// change to a file that exists breaks what is stored and needs a decision record; a new file does
/// not.
class GoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("tributary.golden"));

    static Stream<Arguments> contents() {
        return Examples.contents().entrySet().stream()
                .map(entry -> arguments(entry.getKey(), entry.getValue()));
    }

    static Stream<Arguments> interactions() {
        return Examples.interactions().entrySet().stream()
                .map(entry -> arguments(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void aContentIsWrittenAndReadAsItsFileSays(String name, Content content) throws IOException {
        String golden = golden(name, InteractionJson.encode(content));

        assertThat(new String(InteractionJson.encode(content), UTF_8)).isEqualTo(golden);
        assertThat(InteractionJson.decodeContent(golden.getBytes(UTF_8))).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("interactions")
    void anInteractionIsWrittenAndReadAsItsFileSays(String name, Interaction interaction)
            throws IOException {
        String golden = golden(name, InteractionJson.encode(interaction));

        assertThat(new String(InteractionJson.encode(interaction), UTF_8)).isEqualTo(golden);
        assertThat(InteractionJson.decode(golden.getBytes(UTF_8))).isEqualTo(interaction);
    }

    @Test
    @DisplayName("every content of the model has a golden file")
    void examplesAreComplete() {
        assertThat(Examples.contents().values().stream().map(Content::getClass).distinct())
                .extracting(type -> (Object) type)
                .containsExactlyInAnyOrder((Object[]) Content.class.getPermittedSubclasses());
    }

    @Test
    @DisplayName("no golden file is left over from something that was renamed")
    void filesAreComplete() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(
                                            Examples.contents().keySet().stream(),
                                            Examples.interactions().keySet().stream())
                                    .toList());
        }
    }

    private static String golden(String name, byte[] written) throws IOException {
        Path file = FOLDER.resolve(name + ".json");
        if (REWRITE) {
            Files.writeString(file, new String(written, UTF_8) + "\n");
        }
        return Files.readString(file).strip();
    }
}
