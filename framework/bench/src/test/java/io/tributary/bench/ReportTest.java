package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

    @TempDir Path project;
    private Path page;
    private Report report;

    @BeforeEach
    void open() throws IOException {
        page = Files.createDirectories(project.resolve("docs")).resolve("benchmarks.md");
        report = new Report(Plan.of(List.of(project.toString(), "write")), Machine.of(project));
    }

    @Test
    @DisplayName("a table replaces the one before it, and nothing else")
    void replaces() throws IOException {
        Files.writeString(
                page,
                "before\n<!-- scale: measured -->\nold\n<!-- scale: end -->\n<!-- memory: measured -->\nkept\n<!-- memory: end -->\n");
        report.add("scale", "page", "1.00 ms", "goal", "meaning");

        report.end();

        assertThat(page)
                .content()
                .startsWith("before\n<!-- scale: measured -->\n")
                .contains("| page | 1.00 ms | goal | meaning |")
                .contains("-Dbench.arguments=\"write\"")
                .doesNotContain("old")
                .endsWith(
                        "<!-- scale: end -->\n<!-- memory: measured -->\nkept\n<!-- memory: end -->\n");
    }

    @Test
    @DisplayName("a page without a place for the table is left as it is")
    void noPlace() throws IOException {
        Files.writeString(page, "nothing here\n");
        report.add("scale", "page", "1.00 ms", "goal", "meaning");

        assertThatThrownBy(report::end)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("scale");
        assertThat(page).content().isEqualTo("nothing here\n");
    }
}
