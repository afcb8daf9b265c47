package io.tributary.host.command;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What a reply would become, for people.
final class PreviewSheet {

    private final Screen screen;

    PreviewSheet(Screen screen) {
        this.screen = screen;
    }

    void print(JsonNode previewed) {
        if (!previewed.path("sendable").asBoolean(false)) {
            screen.line(
                    "Would be refused: "
                            + Screen.visible(
                                    previewed.path("problem").path("detail").asString("")));
            return;
        }
        int number = 0;
        for (JsonNode send : previewed.path("sends")) {
            number++;
            screen.line("Message " + number + ":");
            send.path("parts").forEach(this::part);
        }
        JsonNode degraded = previewed.path("degraded");
        parts("As plain text only: part ", degraded.path("asText"));
        parts("Not carried: part ", degraded.path("lost"));
        degraded.path("cut").forEach(text -> parts("Too much for one: part ", text));
    }

    private void parts(String what, JsonNode numbers) {
        if (!numbers.isEmpty()) {
            screen.line(
                    what
                            + numbers.valueStream()
                                    .map(JsonNode::asString)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private void part(JsonNode part) {
        JsonNode content = part.path("part");
        JsonNode measure = part.path("measure");
        String text = content.path("text").asString("[" + content.path("type").asString("") + "]");
        screen.line("  " + Screen.visible(text));
        if (!measure.isMissingNode()) {
            screen.line("  " + screen.dim(size(measure)));
        }
    }

    private static String size(JsonNode measure) {
        String limit = measure.has("limit") ? " of " + measure.path("limit").asInt() : "";
        int segments = measure.path("segments").size();
        return measure.path("length").asInt()
                + limit
                + " "
                + unit(measure.path("unit").asString(""))
                + switch (segments) {
                    case 0 -> "";
                    case 1 -> ", 1 segment";
                    default -> ", " + segments + " segments";
                };
    }

    private static String unit(String unit) {
        return switch (unit) {
            case "codePoints" -> "characters";
            case "utf8Bytes" -> "bytes of UTF-8";
            default -> "UTF-16 units";
        };
    }
}
