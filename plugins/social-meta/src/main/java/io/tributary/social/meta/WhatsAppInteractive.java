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
/// the address stands below the words instead. What is longer than WhatsApp takes in such a message
/// goes as a text that lists the choices: a refused request would be lost.
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
    private static final int LONGEST_BUTTON_ID = 256;
    private static final int LONGEST_ROW_ID = 200;

    private WhatsAppInteractive() {}

    /// The requests that it takes. Empty: it is too long even for a text.
    static List<Members> choices(Content.Choices choices, String listButton) {
        return message(null, choices.text(), choices.choices(), listButton);
    }

    /// The requests that it takes. Empty: it is too long even for a text.
    ///
    /// @param picture where Meta finds it; null: none
    static List<Members> card(Content.Card card, @Nullable String picture, String listButton) {
        var text = card.text() == null ? card.title() : card.title() + '\n' + card.text();
        return message(picture, text, card.choices(), listButton);
    }

    private static List<Members> message(
            @Nullable String picture, String text, List<Choice> choices, String listButton) {
        var answers = answers(choices);
        var links = links(choices);
        if (answers.isEmpty() && links.size() == 1 && isBody(text)) {
            return List.of(interactive("cta_url", picture, text, link(links.getFirst())));
        }
        var words = listed(text, links);
        boolean asButtons = picture != null || areButtons(answers);
        if (answers.isEmpty() || !isBody(words) || !areIds(answers, asButtons)) {
            return plain(picture, listed(text, choices));
        }
        return List.of(
                asButtons
                        ? interactive("button", picture, words, buttons(answers))
                        : interactive("list", null, words, list(answers, listButton)));
    }

    private static boolean isBody(String text) {
        return text.length() <= LONGEST_BODY;
    }

    private static boolean areButtons(List<Choice> answers) {
        return answers.size() <= MOST_BUTTONS
                && answers.stream().noneMatch(WhatsAppInteractive::needsList);
    }

    private static boolean areIds(List<Choice> answers, boolean asButtons) {
        int longest = asButtons ? LONGEST_BUTTON_ID : LONGEST_ROW_ID;
        return answers.stream().allMatch(answer -> answer.id().length() <= longest);
    }

    /// Without anything to press.
    private static List<Members> plain(@Nullable String picture, String words) {
        if (words.length() > Abilities.WHATSAPP_TEXT) {
            return List.of();
        }
        if (picture == null) {
            return List.of(WhatsAppBodies.text(words));
        }
        boolean below = words.length() <= Abilities.CAPTION;
        var image = Members.of("link", picture).with("caption", below ? words : null);
        var shown = Members.of("type", "image").with("image", image);
        return below ? List.of(shown) : List.of(shown, WhatsAppBodies.text(words));
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

    /// With each of them in a line of its own.
    private static String listed(String text, List<Choice> choices) {
        var words = new StringBuilder(text);
        for (var choice : choices) {
            words.append('\n');
            if (choice.url() == null) {
                words.append("- ").append(choice.label());
            } else {
                words.append(choice.label()).append(": ").append(choice.url());
            }
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
