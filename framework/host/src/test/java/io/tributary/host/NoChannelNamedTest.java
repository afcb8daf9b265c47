package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Rule 3 of the design: the core knows no channel.
final class NoChannelNamedTest {

    private static final List<String> NAMES =
            List.of(
                    "twilio",
                    "whatsapp",
                    "telegram",
                    "instagram",
                    "messenger",
                    "facebook",
                    "vonage",
                    "smpp",
                    "mqtt",
                    "webchat",
                    "garmin",
                    "withings",
                    "fitbit");

    private static final Set<String> KINDS =
            Set.of("java", "xml", "json", "yaml", "sql", "properties", "html", "css", "js", "md");

    @Test
    @DisplayName(
            "nothing in the model, the SPI, the testkit and the host names a channel or provider")
    void coreNamesNoChannel() throws IOException {
        Path framework = Path.of("").toAbsolutePath().getParent();
        List<Path> files;
        try (Stream<Path> all = Files.walk(framework)) {
            files = all.filter(NoChannelNamedTest::counts).toList();
        }

        assertThat(files).hasSizeGreaterThan(100);
        assertThat(files.stream().filter(NoChannelNamedTest::namesOne)).isEmpty();
    }

    private static boolean counts(Path file) {
        String path = file.toString().replace('\\', '/');
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && path.matches(".*/framework/(interaction-|channel-|host/)[^ ]*")
                && !path.contains("/target/")
                && KINDS.contains(name.substring(name.lastIndexOf('.') + 1))
                && !name.equals("NoChannelNamedTest.java");
    }

    private static boolean namesOne(Path file) {
        try {
            String text = Files.readString(file).toLowerCase(Locale.ROOT);
            return NAMES.stream().anyMatch(text::contains);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
