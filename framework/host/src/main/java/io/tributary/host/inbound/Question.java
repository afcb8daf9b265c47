package io.tributary.host.inbound;

import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Choices that went to a customer as numbered text.
///
/// @param choices that of number 1 first
record Question(InteractionId interaction, Instant askedAt, List<Content.ChoiceMade> choices) {

    private static final JsonMapper JSON = new JsonMapper();

    /// What an interaction says of what went as text, where it lists the numbers.
    private static final String DEGRADED = "tributary.degraded";

    private static final int LONGEST_NUMBER = 4;

    /// After this time the same words may be about anything.
    private static final Duration LASTS = Duration.ofDays(1);

    Question {
        choices = List.copyOf(choices);
    }

    /// The choices of an outbound interaction; null: none of them went as numbered text.
    static @Nullable Question of(Row row) {
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
        return choices.isEmpty() ? null : new Question(row.id(), row.receivedAt(), choices);
    }

    /// The choice that a text means: its number or its label; null: none, or nobody can tell, as
    /// where the number of one is the label of another.
    Content.@Nullable ChoiceMade meant(String text, Instant now) {
        if (now.isAfter(askedAt.plus(LASTS))) {
            return null;
        }
        var said = text.strip();
        var bare = bare(said);
        int number = number(bare);
        var meant = new LinkedHashSet<Content.ChoiceMade>();
        if (number > 0 && number <= choices.size()) {
            meant.add(choices.get(number - 1));
        }
        for (var choice : choices) {
            if (choice.label().equalsIgnoreCase(said) || choice.label().equalsIgnoreCase(bare)) {
                meant.add(choice);
            }
        }
        return meant.size() == 1 ? meant.getFirst() : null;
    }

    /// `2` of `2`, `2.` or `2)`.
    private static String bare(String said) {
        return said.endsWith(".") || said.endsWith(")")
                ? said.substring(0, said.length() - 1)
                : said;
    }

    /// 0: it is no number.
    private static int number(String digits) {
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= LONGEST_NUMBER
                        && digits.chars().allMatch(Character::isDigit);
        return number ? Integer.parseInt(digits) : 0;
    }
}
