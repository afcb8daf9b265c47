package io.tributary.samples.cluster;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// What is shown: titles, steps, and steps with the time that has passed since something began.
final class Terminal {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    @SuppressWarnings("AnnotateFormatMethod") // it would take another library to say so
    void title(String what, Object... details) {
        out.println();
        out.println(format(what, details));
        out.println();
    }

    @SuppressWarnings("AnnotateFormatMethod") // it would take another library to say so
    void line(String what, Object... details) {
        out.println(("  " + format(what, details)).stripTrailing());
    }

    /// @param begin by [System#nanoTime()]
    @SuppressWarnings("AnnotateFormatMethod") // it would take another library to say so
    void after(long begin, String what, Object... details) {
        line("%7s   %s", seconds(System.nanoTime() - begin), format(what, details));
    }

    void prompt() {
        out.print("\n> ");
        out.flush();
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", Duration.ofNanos(nanos).toMillis() / 1000.0);
    }

    @SuppressWarnings("AnnotateFormatMethod") // it would take another library to say so
    private static String format(String what, Object... details) {
        return details.length == 0 ? what : String.format(Locale.ROOT, what, details);
    }
}
