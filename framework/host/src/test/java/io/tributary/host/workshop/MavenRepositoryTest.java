package io.tributary.host.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the distribution's Maven repository")
final class MavenRepositoryTest {

    @TempDir Path folder = Path.of("");

    private PublishedModule module = new PublishedModule("", Path.of(""), Path.of(""));

    @BeforeEach
    void build() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "jar");
        Path pom = Files.writeString(folder.resolve("a.pom"), "pom");
        module = new PublishedModule("pager-spi", jar, pom);
        builtAt("2026-11-22T09:30:01Z");
    }

    private void builtAt(String time) throws Exception {
        Files.setLastModifiedTime(module.jar(), FileTime.from(Instant.parse(time)));
    }

    @Test
    @DisplayName("has a release as it is, with its sums")
    void release() throws Exception {
        new MavenRepository(folder.resolve("r"), "1.2.0").write(List.of(module));

        Path place = folder.resolve("r/io/tributary/pager-spi/1.2.0");
        assertThat(place.resolve("pager-spi-1.2.0.jar")).hasContent("jar");
        assertThat(place.resolve("pager-spi-1.2.0.pom")).hasContent("pom");
        assertThat(place.resolve("pager-spi-1.2.0.jar.sha1"))
                .hasContent("f92e777f4341930bad9b2422283c4680d00dbc06");
        assertThat(place.resolve("maven-metadata.xml")).doesNotExist();
    }

    @Test
    @DisplayName("has what is no release by the time of its build, and of one build only")
    void snapshot() throws Exception {
        var repository = new MavenRepository(folder.resolve("r"), "1.2.0-SNAPSHOT");
        repository.write(List.of(module));
        builtAt("2026-11-22T09:31:00Z");
        repository.write(List.of(module));

        Path place = folder.resolve("r/io/tributary/pager-spi/1.2.0-SNAPSHOT");
        assertThat(place.resolve("pager-spi-1.2.0-20261122.093100-1.jar")).exists();
        assertThat(place.resolve("pager-spi-1.2.0-20261122.093001-1.jar")).doesNotExist();
        assertThat(place.resolve("maven-metadata.xml"))
                .content()
                .contains("<timestamp>20261122.093100</timestamp>")
                .contains("<value>1.2.0-20261122.093100-1</value>");
    }
}
