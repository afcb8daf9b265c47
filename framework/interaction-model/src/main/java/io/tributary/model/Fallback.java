package io.tributary.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The plain text that stands for a content where nothing better can be shown.
final class Fallback {

    private Fallback() {}

    static String of(Content content) {
        return switch (content) {
            case Content.Text text -> or(text.text(), "[empty message]");
            case Content.Media media -> media(media);
            case Content.Location place -> location(place);
            case Content.ContactCard card -> "[contact] " + card.name();
            case Content.Choices choices -> listed(choices.text(), choices.choices());
            case Content.ChoiceMade made -> or(made.label(), made.id());
            case Content.Card card -> card(card);
            case Content.Carousel carousel ->
                    carousel.cards().stream().map(Fallback::card).collect(lines());
            case Content.Form form -> or(form.title(), form.form());
            case Content.FormSubmitted submitted -> "[form submitted] " + submitted.form();
            case Content.Template template -> "[template] " + template.name();
            case Content.Order order -> order(order);
            case Content.Transcript transcript -> or(transcript.text(), "[nothing understood]");
            case Content.Reading reading -> reading(reading);
            case Content.Alert alert -> after("[" + alert.kind() + "]", alert.text());
            case Content.Tap tap -> or(tap.label(), tap.on());
            case Content.Scan scan -> after("[scan]", scan.value());
            case Content.Visit visit ->
                    after("[visit " + words(visit.event()) + "]", visit.place());
            case Content.Call call -> call(call);
            case Content.CallOrder order ->
                    after("[call: " + words(order.action()) + "]", order.endpoint());
            case Content.Consent consent ->
                    (consent.granted() ? "[allowed] " : "[forbidden] ") + consent.purpose();
            case Content.Reaction reaction ->
                    reaction.added() ? reaction.emoji() : "[took back] " + reaction.emoji();
            case Content.Edited edited ->
                    edited.parts().stream().map(part -> of(part.content())).collect(lines());
            case Content.Deleted _ -> "[deleted]";
            case Content.Receipt receipt -> becauseOf(words(receipt.status()), receipt.reason());
            case Content.MediaStored _ -> "[media stored]";
            case Content.MediaFailed failed -> becauseOf("media failed", failed.reason());
            case Content.Note note -> or(note.text(), "[empty note]");
            case Content.Handover handover ->
                    after("[handed over to " + words(handover.to().kind()) + "]", handover.note());
            case Content.Changed changed -> "[" + words(changed.what()) + "]";
            case Content.Custom custom -> custom.fallback();
        };
    }

    private static String media(Content.Media media) {
        String caption = media.caption();
        return caption == null || caption.isBlank()
                ? after("[" + words(media.kind()) + "]", media.name())
                : caption;
    }

    private static String location(Content.Location place) {
        String name = place.name() == null ? place.address() : place.name();
        return name == null
                ? "[location] " + place.latitude() + ", " + place.longitude()
                : after("[location]", name);
    }

    private static String card(Content.Card card) {
        String text = card.text();
        String heading = or(card.title(), "[card]");
        return listed(text == null ? heading : heading + "\n" + text, card.choices());
    }

    private static String listed(String text, List<Choice> choices) {
        return choices.stream()
                .map(choice -> "\n- " + choice.label())
                .collect(Collectors.joining("", or(text, "[choices]"), ""));
    }

    private static String order(Content.Order order) {
        return order.items().stream()
                .map(item -> item.quantity() + " x " + or(item.name(), item.product()))
                .collect(Collectors.joining(", ", "[order] ", ""));
    }

    private static String reading(Content.Reading reading) {
        return "[" + reading.code() + "] " + reading.value().toPlainString() + " " + reading.unit();
    }

    private static String call(Content.Call call) {
        String event = "call " + words(call.event());
        var length = call.length();
        return becauseOf(
                length == null ? event : event + " after " + length.toSeconds() + " s",
                call.reason());
    }

    private static String becauseOf(String what, @Nullable Reason reason) {
        return reason == null ? "[" + what + "]" : after("[" + what + "]", reason.text());
    }

    private static String after(String label, @Nullable String text) {
        return text == null || text.isBlank() ? label : label + " " + text;
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Collector<CharSequence, ?, String> lines() {
        return Collectors.joining("\n");
    }
}
