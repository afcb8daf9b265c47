package io.tributary.host.outbound;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import java.util.List;

/// The plain text as which a content goes where the channel carries no more. What can be chosen is
/// numbered, so that a customer can answer with the number; what leads elsewhere shows its address.
final class AsText {

    private final StringBuilder text = new StringBuilder();
    private int choices;

    private AsText() {}

    static String of(Content content) {
        var plain = new AsText();
        switch (content) {
            case Content.Choices asked -> plain.line(asked.text()).choices(asked.choices());
            case Content.Card card -> plain.card(card);
            case Content.Carousel carousel -> carousel.cards().forEach(plain::card);
            default -> {
                return content.fallback();
            }
        }
        return plain.text.isEmpty() ? content.fallback() : plain.text.toString();
    }

    private void card(Content.Card card) {
        line(card.title());
        if (card.text() != null) {
            line(card.text());
        }
        choices(card.choices());
    }

    private AsText line(String line) {
        if (!line.isBlank()) {
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        return this;
    }

    private void choices(List<Choice> all) {
        for (var choice : all) {
            choices++;
            line(
                    choices
                            + ". "
                            + choice.label()
                            + (choice.url() == null ? "" : ": " + choice.url()));
        }
    }
}
