package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The part of a page in `docs` that is made, not written: what stands between its two marks.
///
/// It is compared with what it should be; with `-Dtributary.docs=write` it is written anew.
public record Reference(String page) {

    private static final String BEGIN = "<!-- made by %s -->\n";
    private static final String END = "<!-- end -->";

    public String text() throws IOException {
        return Files.readString(file());
    }

    public void holds(Class<?> maker, String expected) throws IOException {
        String text = text();
        String begin = BEGIN.formatted(maker.getSimpleName());
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(END, from);
        assertThat(text).as("%s has the marks", page).contains(begin, END);
        if ("write".equals(System.getProperty("tributary.docs"))) {
            Files.writeString(file(), text.substring(0, from) + expected + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as(
                        "docs/%s is behind: write it anew with mvn test -Dtest=%s -Dtributary.docs=write",
                        page, maker.getSimpleName())
                .isEqualTo(expected);
    }

    private Path file() {
        return Path.of("../../docs").resolve(page);
    }
}
