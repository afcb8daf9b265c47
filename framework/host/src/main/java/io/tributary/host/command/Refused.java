package io.tributary.host.command;

import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A member's refusal, as words and an exit code.
final class Refused {

    private Refused() {}

    /// @param body problem+json, or whatever stood between here and a member
    static CommandFailed as(int status, String body) {
        try {
            return new CommandFailed(exit(status), words(status, Client.JSON.readTree(body)));
        } catch (JacksonException strange) {
            return noMember(status);
        }
    }

    private static CommandFailed noMember(int status) {
        return new CommandFailed(
                status == 401 || status == 403 ? Exit.NOT_ALLOWED : Exit.UNAVAILABLE,
                "The answer was "
                        + status
                        + ", in a form that no member gives. Is it a member that --url names?");
    }

    private static int exit(int status) {
        return switch (status) {
            case 401, 403 -> Exit.NOT_ALLOWED;
            case 503 -> Exit.UNAVAILABLE;
            default -> Exit.REFUSED;
        };
    }

    private static String words(int status, JsonNode problem) {
        String title = problem.path("title").asString("The member refused (" + status + ")");
        String detail = problem.path("detail").asString("");
        JsonNode errors = problem.path("errors");
        var words =
                new StringBuilder(sentence(detail.isEmpty() || !errors.isEmpty() ? title : detail));
        for (JsonNode each : errors) {
            words.append("\n  ")
                    .append(Screen.visible(each.path("pointer").asString("")))
                    .append(' ')
                    .append(Screen.visible(each.path("detail").asString("")));
        }
        String conversation = problem.path("conversation").asString("");
        if (!conversation.isEmpty()) {
            words.append("\nIts id: ").append(Screen.visible(conversation));
        }
        if (status == 401) {
            words.append(
                    "\nName a token with --token or TRIBUTARY_TOKEN; an operator makes one with `tributary token create`.");
        }
        return words.toString();
    }

    private static String sentence(String text) {
        String shown = Screen.visible(text);
        String begun = shown.substring(0, 1).toUpperCase(Locale.ROOT) + shown.substring(1);
        return begun.matches(".*[.!?]") ? begun : begun + ".";
    }
}
