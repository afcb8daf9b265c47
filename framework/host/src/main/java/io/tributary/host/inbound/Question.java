package io.tributary.host.inbound;

import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Choices that went to a customer as numbered text.
///
/// @param last whether our side has said nothing after it: a number then answers it, and may be
///   about something else otherwise
/// @param choices that of number 1 first
record Question(InteractionId interaction, boolean last, List<Content.ChoiceMade> choices) {

    private static final JsonMapper JSON = new JsonMapper();

    /// What an interaction says of what went as text, where it lists the numbers.
    private static final String DEGRADED = "tributary.degraded";

    private static final int LONGEST_NUMBER = 4;

    Question {
        choices = List.copyOf(choices);
    }

    /// The choices of an outbound interaction; null: none of them went as numbered text.
    static @Nullable Question of(Row row, boolean last) {
        var degraded =
                InteractionJson.decode(row.body().toArray(), row.position())
                        .extensions()
                        .get(DEGRADED);
        if (degraded == null) {
            return null;
        }
        var choices = new ArrayList<Content.ChoiceMade>();
        for (var one : JSON.readTree(degraded.text()).path("numbered")) {
            choices.add(
                    new Content.ChoiceMade(
                            one.path("id").asString(), one.path("label").asString()));
        }
        return choices.isEmpty() ? null : new Question(row.id(), last, choices);
    }

    /// The choice that a text means: its number or its label; null: none, or nobody can tell.
    Content.@Nullable ChoiceMade meant(String text) {
        var said = text.strip();
        var number = last ? number(said) : 0;
        if (number > 0) {
            return number <= choices.size() ? choices.get(number - 1) : null;
        }
        var same =
                choices.stream().filter(choice -> choice.label().equalsIgnoreCase(said)).toList();
        return same.size() == 1 ? same.getFirst() : null;
    }

    /// `2`, `2.` or `2)`; 0: it is no number.
    private static int number(String said) {
        var digits =
                said.endsWith(".") || said.endsWith(")")
                        ? said.substring(0, said.length() - 1)
                        : said;
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= LONGEST_NUMBER
                        && digits.chars().allMatch(Character::isDigit);
        return number ? Integer.parseInt(digits) : 0;
    }
}
