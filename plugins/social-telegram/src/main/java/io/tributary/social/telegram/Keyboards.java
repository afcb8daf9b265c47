package io.tributary.social.telegram;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Choices as buttons below a message (https://core.telegram.org/bots/api#inlinekeyboardbutton).
final class Keyboards {

    /// `callback_data` is 1 to 64 bytes.
    static final int LONGEST_ID = 64;

    private Keyboards() {}

    /// Why Telegram would not take them; null: it would.
    static @Nullable String problem(List<Choice> choices) {
        for (var choice : choices) {
            if (choice.url() == null
                    && choice.id().getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
                return "the id of a choice has more than " + LONGEST_ID + " bytes";
            }
        }
        return null;
    }

    /// The question; second lines of choices are shown below it, since a button has only one. Where
    /// there is no room for all of them there are none.
    static String question(Content.Choices choices) {
        var text = new StringBuilder(choices.text());
        for (var choice : choices.choices()) {
            var description = choice.description();
            if (description != null && !description.isEmpty()) {
                text.append('\n').append(choice.label()).append(": ").append(description);
            }
        }
        return text.length() > Pieces.LONGEST ? choices.text() : text.toString();
    }

    /// One button a line: labels may be long.
    static void add(List<Choice> choices, ObjectNode request) {
        var rows = request.putObject("reply_markup").putArray("inline_keyboard");
        for (var choice : choices) {
            var button = rows.addArray().addObject().put("text", choice.label());
            var url = choice.url();
            if (url == null) {
                button.put("callback_data", choice.id());
            } else {
                button.put("url", url);
            }
        }
    }
}
