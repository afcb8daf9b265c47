package io.tributary.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What came out: tables for the console, and for the places in `docs/benchmarks.md` that are kept
/// for them.
final class Report {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Plan plan;
    private final Machine machine;
    private final Map<String, List<Row>> tables = new LinkedHashMap<>();

    /// @param beside what it is to be compared with, or the goal
    /// @param meaning one line
    record Row(String figure, String measured, String beside, String meaning) {}

    Report(Plan plan, Machine machine) {
        this.plan = plan;
        this.machine = machine;
    }

    /// Something about the run, for who watches it.
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library more
    void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }

    /// @param table the place it stands at
    void add(String table, String figure, String measured, String beside, String meaning) {
        tables.computeIfAbsent(table, _ -> new ArrayList<>())
                .add(new Row(figure, measured, beside, meaning));
    }

    void end() throws IOException {
        tables.forEach(this::print);
        if (plan.write()) {
            write(plan.project().resolve("docs/benchmarks.md"));
        }
    }

    private void print(String table, List<Row> rows) {
        int figure = rows.stream().mapToInt(row -> row.figure().length()).max().orElse(0);
        int measured = rows.stream().mapToInt(row -> row.measured().length()).max().orElse(0);
        say("");
        say("%s", table);
        for (Row row : rows) {
            String line = "  %-" + figure + "s  %-" + measured + "s  %s";
            say(
                    "%s",
                    String.format(line, row.figure(), row.measured(), row.beside())
                            .stripTrailing());
        }
    }

    private void write(Path page) throws IOException {
        String text = Files.readString(page);
        for (Map.Entry<String, List<Row>> table : tables.entrySet()) {
            String begin = "<!-- " + table.getKey() + ": measured -->\n";
            String end = "<!-- " + table.getKey() + ": end -->";
            int from = text.indexOf(begin);
            int to = text.indexOf(end);
            if (from < 0 || to < from) {
                throw new IOException(
                        page + " has no place for the table '" + table.getKey() + "'");
            }
            text =
                    text.substring(0, from + begin.length())
                            + markdown(table.getValue())
                            + text.substring(to);
        }
        Files.writeString(page, text);
        say("%nwritten to %s", page);
    }

    private String markdown(List<Row> rows) {
        var text = new StringBuilder();
        text.append("\nMeasured ")
                .append(LocalDate.now(ZoneId.systemDefault()))
                .append(", ")
                .append(machine.text())
                .append(", by\n`mvn -q -DskipTests -Pbench package");
        if (!plan.said().isEmpty()) {
            text.append(" -Dbench.arguments=\"").append(plan.said()).append('"');
        }
        text.append(
                "`.\n\n| figure | median (least to most) | beside | what it means |\n|---|---|---|---|\n");
        for (Row row : rows) {
            text.append("| ")
                    .append(row.figure())
                    .append(" | ")
                    .append(row.measured())
                    .append(" | ")
                    .append(row.beside())
                    .append(" | ")
                    .append(row.meaning())
                    .append(" |\n");
        }
        return text.append('\n').toString();
    }
}
