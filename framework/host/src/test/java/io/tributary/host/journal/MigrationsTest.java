package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the migrations")
final class MigrationsTest {

    private static final int FIRST_IN_BOTH = 7;
    private static final Pattern NUMBERED = Pattern.compile("V([0-9]+)__[a-z_]+\\.sql");

    /// The number of a migration, and the checksum of all functions of PostgreSQL from it on. Add a
    /// line, change none: each stands for what members have in use.
    private static final SortedMap<Integer, Long> FUNCTIONS =
            new TreeMap<>(Map.of(18, 0xcb21240bL, 19, 0xc5bd37a4L));

    private static Path folder(String database) throws URISyntaxException {
        var place = Schema.class.getResource("/db/migration/" + database);
        return Path.of(Objects.requireNonNull(place).toURI());
    }

    private static SortedMap<Integer, String> numbered(String database)
            throws IOException, URISyntaxException {
        var found = new TreeMap<Integer, String>();
        try (var files = Files.list(folder(database))) {
            files.map(each -> each.getFileName().toString())
                    .forEach(name -> {
                        var matcher = NUMBERED.matcher(name);
                        if (matcher.matches()) {
                            found.put(Integer.parseInt(matcher.group(1)), name);
                        }
                    });
        }
        return found;
    }

    private static long functions() throws IOException, URISyntaxException {
        var checksum = new CRC32();
        try (var files = Files.list(folder("postgresql"))) {
            var functions =
                    files.filter(each -> each.getFileName().toString().startsWith("R__"))
                            .sorted()
                            .toList();
            assertThat(functions).hasSizeGreaterThan(2);
            for (Path each : functions) {
                checksum.update(Files.readAllBytes(each));
            }
        }
        return checksum.getValue();
    }

    @Test
    @DisplayName("of one number mean the same in both databases")
    void sameNumbers() throws IOException, URISyntaxException {
        assertThat(numbered("postgresql").tailMap(FIRST_IN_BOTH))
                .isNotEmpty()
                .isEqualTo(numbered("sqlite").tailMap(FIRST_IN_BOTH));
    }

    @Test
    @DisplayName("of PostgreSQL have a new number whenever a function has changed")
    void functionsHaveNumbers() throws IOException, URISyntaxException {
        int newest = numbered("postgresql").lastKey();

        assertThat(FUNCTIONS.lastKey()).isLessThanOrEqualTo(newest);
        assertThat(functions())
                .as(
                        "the functions have changed since number %d: give both databases the next"
                                + " number (V%d, which may do nothing), and add it here with their"
                                + " checksum, 0x%xL",
                        FUNCTIONS.lastKey(), newest + 1, functions())
                .isEqualTo(FUNCTIONS.get(FUNCTIONS.lastKey()));
    }
}
