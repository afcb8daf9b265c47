package io.tributary.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A logger that keeps every line of every level.
final class FakeLog implements System.Logger {

    private final List<LogLine> lines = new CopyOnWriteArrayList<>();

    @Override
    public String getName() {
        return "channel";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown) {
        lines.add(new LogLine(level, message + texts(thrown)));
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... parameters) {
        var text = format == null ? "" : format;
        lines.add(
                new LogLine(
                        level,
                        parameters == null || parameters.length == 0
                                ? text
                                : MessageFormat.format(text, parameters)));
    }

    List<LogLine> lines() {
        return List.copyOf(lines);
    }

    private static String texts(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        var texts = new StringWriter();
        thrown.printStackTrace(new PrintWriter(texts));
        return "\n" + texts;
    }
}
