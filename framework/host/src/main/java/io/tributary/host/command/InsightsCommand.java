package io.tributary.host.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tributary insights`.
@Command(
        name = "insights",
        description =
                "Shows how each account fares: what came, how fast it was answered, who waits.",
        footer = {"", "Example:", "  tributary insights --json"})
final class InsightsCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Connection connection = new Connection();

    @Override
    public Integer call() {
        Instant now = InstantSource.system().instant();
        return new Table(
                        "/admin/v1/insights",
                        List.of(
                                "ACCOUNT",
                                "CHANNEL",
                                "ARRIVALS",
                                "ANSWERED",
                                "FIRST ANSWER",
                                "LONGEST",
                                "OPEN",
                                "WAITING",
                                "OLDEST"),
                        (each, _) -> row(each, now),
                        "Nothing has come yet.")
                .show(connection, spec.commandLine().getOut(), InsightsCommand::behind);
    }

    private static void behind(JsonNode answer, Screen screen) {
        long behind = answer.path("behind").asLong(0);
        if (behind > 0) {
            screen.line(
                    "Up to position %d; %d interactions since are not counted yet."
                            .formatted(answer.path("position").asLong(0), behind));
        }
    }

    private static List<String> row(JsonNode insight, Instant now) {
        return List.of(
                insight.path("account").asString(""),
                insight.path("channel").asString(""),
                insight.path("arrivals").asString(""),
                insight.path("answered").asString(""),
                millis(insight.path("meanFirstResponseMillis")),
                millis(insight.path("longestFirstResponseMillis")),
                insight.path("open").asString(""),
                insight.path("waiting").asString(""),
                age(insight.path("waitingSince"), now));
    }

    private static String millis(JsonNode millis) {
        return millis.isMissingNode() ? "-" : span(Duration.ofMillis(millis.asLong(0)));
    }

    private static String age(JsonNode since, Instant now) {
        return since.isMissingNode()
                ? "-"
                : span(Duration.between(Instant.parse(since.asString("")), now));
    }

    /// The two largest units: `3 d 4 h`, `12 min 5 s`. Clocks may differ by more than it is.
    static String span(Duration time) {
        Duration shown = time.isNegative() ? Duration.ZERO : time;
        if (shown.toDays() > 0) {
            return shown.toDays() + " d " + shown.toHoursPart() + " h";
        }
        if (shown.toHours() > 0) {
            return shown.toHours() + " h " + shown.toMinutesPart() + " min";
        }
        return shown.toMinutes() > 0
                ? shown.toMinutes() + " min " + shown.toSecondsPart() + " s"
                : shown.toSeconds() + " s";
    }
}
