package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Webhooks of every type that Meta documents or that were seen in the field, and what becomes of
/// them. What is expected stands beside them, for people to read.
class DocumentedTest {

    private static final Path EXPECTED = Path.of("src/test/resources/documented.txt");

    /// To be compared, and after a look taken over.
    private static final Path ACTUAL = Path.of("target/documented.txt");

    private static final Map<String, List<String>> SEEN = new TreeMap<>();

    static Stream<String> names() {
        return Sample.documented().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("each documented webhook becomes what is written beside it")
    void understood(String name) throws Exception {
        SEEN.put(name, told(name));

        assertThat(SEEN.get(name)).isEqualTo(expected().get(name));
    }

    @Test
    @DisplayName("nothing is expected of a webhook that is not there")
    void complete() throws Exception {
        assertThat(expected().keySet()).containsExactlyElementsOf(Sample.documented());
    }

    @AfterAll
    static void write() throws IOException {
        var lines = new ArrayList<String>();
        SEEN.forEach((name, told) -> {
            lines.add(name);
            told.forEach(one -> lines.add("  " + one));
        });
        Files.write(ACTUAL, lines);
    }

    private static List<String> told(String name) throws Exception {
        try (var host = new FakeHost();
                var account =
                        host.open(
                                new MetaChannel(),
                                Sample.settings(LoopbackProvider.unreachable()))) {
            var received = account.webhook(Sample.post(Sample.documented(name)));
            assertThat(received.status()).as(received.problem()).isEqualTo(200);
            assertThat(host.deadLetters()).isEmpty();
            return host.stored().stream()
                    .map(Stored::inbound)
                    .map(Telling::of)
                    .map(one -> one.replace("\n", "\\n"))
                    .toList();
        }
    }

    /// A name in a line of its own; below it, indented, what it became.
    private static Map<String, List<String>> expected() throws IOException {
        var expected = new LinkedHashMap<String, List<String>>();
        List<String> below = new ArrayList<>();
        for (var line : Files.readAllLines(EXPECTED)) {
            if (line.startsWith("  ")) {
                below.add(line.strip());
            } else if (!line.isBlank()) {
                below = new ArrayList<>();
                expected.put(line, below);
            }
        }
        return expected;
    }
}
