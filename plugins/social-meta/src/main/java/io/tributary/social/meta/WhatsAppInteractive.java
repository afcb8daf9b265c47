package io.tributary.social.meta;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Buttons and lists
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages,
/// …/interactive-list-messages).
///
/// A button that leads elsewhere stands alone in a message of WhatsApp's. Where there are others,
/// the address stands below the words instead.
final class WhatsAppInteractive {

    /// An `interactive` object as it is: flows, products, requests for a place.
    static final String RAW = "whatsapp.interactive";

    static final int MOST_BUTTONS = 3;
    static final int MOST_ROWS = 10;
    static final int LONGEST_LABEL = 20;
    static final int LONGEST_BODY = 1024;

    /// Of a card: the title stands above it.
    static final int LONGEST_TEXT = 900;

    private static final int LONGEST_HEADING = 24;
    private static final int LONGEST_DESCRIPTION = 72;

    private WhatsAppInteractive() {}

    static Members choices(Content.Choices choices, String listButton) {
        return message(null, choices.text(), choices.choices(), listButton);
    }

    /// @param picture where Meta finds it; null: none
    static Members card(Content.Card card, @Nullable String picture, String listButton) {
        var text = card.text() == null ? card.title() : card.title() + '\n' + card.text();
        if (answers(card.choices()).isEmpty() && links(card.choices()).size() != 1) {
            var words = below(text, links(card.choices()));
            return picture == null
                    ? WhatsAppBodies.text(words)
                    : Members.of("type", "image")
                            .with("image", Members.of("link", picture).with("caption", words));
        }
        return message(picture, text, card.choices(), listButton);
    }

    private static Members message(
            @Nullable String picture, String text, List<Choice> choices, String listButton) {
        var answers = answers(choices);
        var links = links(choices);
        if (answers.isEmpty() && links.size() == 1) {
            return interactive("cta_url", picture, text, link(links.getFirst()));
        }
        if (answers.isEmpty()) {
            return WhatsAppBodies.text(below(text, links));
        }
        var words = below(text, links);
        boolean fewWords = answers.stream().noneMatch(WhatsAppInteractive::needsList);
        return picture != null || (answers.size() <= MOST_BUTTONS && fewWords)
                ? interactive("button", picture, words, buttons(answers))
                : interactive("list", null, words, list(answers, listButton));
    }

    /// What buttons cannot show.
    private static boolean needsList(Choice choice) {
        return choice.description() != null || choice.section() != null;
    }

    private static List<Choice> answers(List<Choice> choices) {
        return choices.stream().filter(choice -> choice.url() == null).toList();
    }

    private static List<Choice> links(List<Choice> choices) {
        return choices.stream().filter(choice -> choice.url() != null).toList();
    }

    private static String below(String text, List<Choice> links) {
        var words = new StringBuilder(text);
        for (var link : links) {
            words.append('\n').append(link.label()).append(": ").append(link.url());
        }
        return words.toString();
    }

    private static Members interactive(
            String type, @Nullable String picture, String text, Members action) {
        var header =
                picture == null
                        ? null
                        : Members.of("type", "image").with("image", Members.of("link", picture));
        return Members.of("type", "interactive")
                .with(
                        "interactive",
                        Members.of("type", type)
                                .with("header", header)
                                .with("body", Members.of("text", text))
                                .with("action", action));
    }

    private static Members link(Choice link) {
        var parameters = Members.of("display_text", link.label()).with("url", link.url());
        return Members.of("name", "cta_url").with("parameters", parameters);
    }

    private static Members buttons(List<Choice> answers) {
        var buttons =
                answers.stream()
                        .map(answer ->
                                Members.of("type", "reply")
                                        .with(
                                                "reply",
                                                Members.of("id", answer.id())
                                                        .with("title", answer.label())))
                        .toList();
        return Members.of("buttons", buttons);
    }

    private static Members list(List<Choice> answers, String listButton) {
        Map<String, List<Members>> rows = new LinkedHashMap<>();
        for (var answer : answers) {
            var section = answer.section() == null ? "" : cut(answer.section(), LONGEST_HEADING);
            var description =
                    answer.description() == null
                            ? null
                            : cut(answer.description(), LONGEST_DESCRIPTION);
            rows.computeIfAbsent(section, _ -> new ArrayList<>())
                    .add(
                            Members.of("id", answer.id())
                                    .with("title", answer.label())
                                    .with("description", description));
        }
        var sections = new ArrayList<Members>();
        rows.forEach((heading, inside) -> sections.add(section(heading, inside, rows.size())));
        return Members.of("button", listButton).with("sections", sections);
    }

    /// One of several needs a heading.
    private static Members section(String heading, List<Members> rows, int sections) {
        var shown = heading.isEmpty() && sections > 1 ? "…" : heading;
        return Members.of("rows", rows).with("title", shown.isEmpty() ? null : shown);
    }

    private static String cut(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, longest - 1)) + '…';
    }
}
