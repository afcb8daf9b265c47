package io.tributary.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a plugin prints")
final class PrintedLinesTest {

    private final List<String> lines = new ArrayList<>();
    private boolean wanted = true;
    private int asked;
    private final PrintStream out =
            new PrintStream(
                    new PrintedLines(
                            () -> {
                                asked++;
                                return wanted;
                            },
                            lines::add),
                    true,
                    StandardCharsets.UTF_8);

    @Test
    @DisplayName("is taken line by line, however it is cut when it is written")
    void cut() {
        out.print("one\ntw");
        out.write('o');
        out.print("\r\n\n   \n\tthree");
        out.println(" é€🙂");

        assertThat(lines).containsExactly("one", "two", "\tthree é€🙂");
    }

    @Test
    @DisplayName("is cut where a line is longer than a log can bear, and the next one is whole")
    void longOnes() {
        out.print("x".repeat(3_999));
        out.print("y".repeat(100_000));
        out.println();
        out.println("z".repeat(10_000));
        out.println("short");

        assertThat(lines).containsExactly("x".repeat(3_999) + "y", "z".repeat(4_000), "short");
    }

    @Test
    @DisplayName("is dropped where it is too much, and blank lines are not counted")
    void unwanted() {
        wanted = false;
        out.println("dropped");
        out.println();
        wanted = true;
        out.println("told");

        assertThat(lines).containsExactly("told");
        assertThat(asked).isEqualTo(2);
    }
}
