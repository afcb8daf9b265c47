package io.tributary.host.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a person reads in a terminal.
///
/// What customers wrote is shown with its control characters made visible: no text can move the
/// cursor, ring the bell or hide what stands beside it.
final class Screen {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final PrintWriter out;
    private final boolean colours;
    private final ZoneId zone;

    Screen(PrintWriter out, boolean colours, ZoneId zone) {
        this.out = out;
        this.colours = colours;
        this.zone = zone;
    }

    /// Colours where somebody looks: on a terminal, unless NO_COLOR says otherwise.
    @SuppressWarnings("SystemConsoleNull") // it may still be null by its contract
    static Screen of(PrintWriter out) {
        java.io.@org.jspecify.annotations.Nullable Console console = System.console();
        boolean wanted =
                System.getenv("NO_COLOR") == null && console != null && console.isTerminal();
        return new Screen(out, wanted, ZoneId.systemDefault());
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /// Rows with aligned columns below a heading; `nothing` where there is none but the heading.
    void table(List<List<String>> rows, String nothing) {
        if (rows.size() == 1) {
            line(nothing);
            return;
        }
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        boolean heading = true;
        for (List<String> row : rows) {
            var text = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                text.append(row.get(i));
                if (i < columns - 1) {
                    text.repeat(' ', widths[i] - row.get(i).length() + 2);
                }
            }
            line(heading ? dim(text.toString()) : text.toString());
            heading = false;
        }
    }

    String dim(String text) {
        return paint("2", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /// Today's times as a clock, others with their day, in the terminal's zone.
    String time(String instant) {
        var local = Instant.parse(instant).atZone(zone);
        boolean today = local.toLocalDate().equals(LocalDate.now(zone));
        return (today ? CLOCK : DAY).format(local);
    }

    /// One interaction in one line.
    void interaction(JsonNode data) {
        String direction = data.path("direction").asString("");
        String type = data.path("parts").path(0).path("type").asString("");
        boolean said = !"internal".equals(direction) && !"receipt".equals(type);
        String arrow = !said ? dim("·") : "inbound".equals(direction) ? good("→") : bold("←");
        String who = data.path("actor").path("name").asString(data.path("address").asString(""));
        String what = visible(data.path("fallbackText").asString(""));
        line(
                dim(time(data.path("receivedAt").asString()))
                        + "  "
                        + dim("#" + data.path("position").asString("?"))
                        + "  "
                        + data.path("account").asString("")
                        + "  "
                        + arrow
                        + " "
                        + visible(who)
                        + "  "
                        + (said ? what : dim(what)));
    }

    /// Text with nothing in it that drives a terminal: control and direction-changing characters
    /// become pictures or codes.
    static String visible(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> {
                    if (point == '\n') {
                        shown.append(" ⏎ ");
                    } else if (point < 0x20) {
                        shown.appendCodePoint(0x2400 + point);
                    } else if (hidden(point)) {
                        shown.append("⟨U+")
                                .append(
                                        Integer.toHexString(point)
                                                .toUpperCase(java.util.Locale.ROOT))
                                .append('⟩');
                    } else {
                        shown.appendCodePoint(point);
                    }
                });
        return shown.toString();
    }

    private static boolean hidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            case Character.FORMAT -> point != 0x200d && point != 0x200c;
            default -> false;
        };
    }
}
