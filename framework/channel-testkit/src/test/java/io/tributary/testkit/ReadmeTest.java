package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the README")
class ReadmeTest {

    @Test
    @DisplayName("shows the pager's contract exactly as it is compiled here")
    void showsWhatIsCompiled() throws IOException {
        var source =
                Files.readString(
                        Path.of("src/test/java/io/tributary/testkit/pager/PagerContract.java"));
        var shown = source.substring(source.indexOf("/// What the contract has to know"));

        assertThat(Files.readString(Path.of("README.md")))
                .contains("```java\n" + shown.stripTrailing() + "\n```");
    }

    @Test
    @DisplayName("shows of the ticker's and the bell's contract what is compiled here")
    void showsParts() throws IOException {
        var readme = Files.readString(Path.of("README.md"));

        assertThat(readme)
                .contains(part("ticker/TickerContract", "protected Simulator simulator"))
                .contains(part("bell/BellContract", "protected DeviceHandshake deviceHandshake"));
    }

    /// From a method's annotation to the end of the class.
    private static String part(String file, String method) throws IOException {
        var source =
                Files.readString(Path.of("src/test/java/io/tributary/testkit/" + file + ".java"));
        var from = source.lastIndexOf("    @Override", source.indexOf(method));
        return source.substring(from, source.lastIndexOf('}')).stripTrailing() + "\n```";
    }
}
