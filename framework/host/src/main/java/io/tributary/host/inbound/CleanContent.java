package io.tributary.host.inbound;

import static io.tributary.host.inbound.CleanText.each;
import static io.tributary.host.inbound.CleanText.of;
import static io.tributary.host.inbound.CleanText.orNull;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Part;
import io.tributary.model.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Contents with clean texts; see [CleanText]. What is JSON inside of a content stays as it is: it is checked when it is written.
final class CleanContent {

    private CleanContent() {}

    /// The very object it was given when there is nothing to clean in the common types.
    static Content content(Content content) {
        return switch (content) {
            case Content.Text text -> text(text);
            case Content.Media media -> media(media);
            case Content.Receipt receipt -> receipt(receipt);
            case Content.Location place -> location(place);
            case Content.ContactCard card -> contact(card);
            case Content.Choices choices ->
                    new Content.Choices(
                            of(choices.text()), each(choices.choices(), CleanContent::choice));
            case Content.ChoiceMade made ->
                    new Content.ChoiceMade(of(made.id()), of(made.label()));
            case Content.Card card -> card(card);
            case Content.Carousel carousel ->
                    new Content.Carousel(each(carousel.cards(), CleanContent::card));
            case Content.Form form ->
                    new Content.Form(
                            of(form.form()),
                            of(form.title()),
                            each(form.fields(), CleanContent::field));
            case Content.FormSubmitted form ->
                    new Content.FormSubmitted(of(form.form()), form.values());
            case Content.Template template ->
                    new Content.Template(
                            of(template.name()), template.locale(), values(template.values()));
            case Content.Order order -> order(order);
            case Content.Transcript said ->
                    new Content.Transcript(of(said.text()), said.speaker(), said.last());
            case Content.Reading reading -> reading(reading);
            case Content.Alert alert ->
                    new Content.Alert(of(alert.kind()), alert.severity(), of(alert.text()));
            case Content.Tap tap -> new Content.Tap(of(tap.on()), orNull(tap.label()));
            case Content.Scan scan -> new Content.Scan(of(scan.symbology()), of(scan.value()));
            case Content.Visit visit -> new Content.Visit(visit.event(), orNull(visit.place()));
            case Content.Call call ->
                    new Content.Call(
                            call.event(), call.sequence(), call.length(), reason(call.reason()));
            case Content.CallOrder order ->
                    new Content.CallOrder(order.action(), orNull(order.endpoint()));
            case Content.Consent consent ->
                    new Content.Consent(of(consent.purpose()), consent.granted());
            case Content.Reaction reaction ->
                    new Content.Reaction(of(reaction.emoji()), reaction.added());
            case Content.Edited edited ->
                    new Content.Edited(each(edited.parts(), CleanContent::part));
            case Content.Deleted deleted -> deleted;
            case Content.MediaStored stored -> stored;
            case Content.MediaFailed failed -> failed;
            case Content.Note note -> new Content.Note(of(note.text()));
            case Content.Handover handover ->
                    new Content.Handover(
                            handover.from(), handover.to(), orNull(handover.note()));
            case Content.Changed changed ->
                    new Content.Changed(changed.what(), values(changed.details()));
            case Content.Custom custom ->
                    new Content.Custom(of(custom.name()), custom.data(), of(custom.fallback()));
        };
    }

    /// Spans keep their places: a replaced character is as long as the one before.
    private static Content text(Content.Text text) {
        String clean = of(text.text());
        return clean == text.text() ? text : new Content.Text(clean, text.spans());
    }

    private static Content.Media media(Content.Media media) {
        return new Content.Media(
                media.kind(),
                media.state(),
                media.id(),
                orNull(media.type()),
                orNull(media.name()),
                media.bytes(),
                media.sha256(),
                orNull(media.caption()));
    }

    private static Content receipt(Content.Receipt receipt) {
        return receipt.reason() == null
                ? receipt
                : new Content.Receipt(receipt.status(), reason(receipt.reason()));
    }

    private static Content location(Content.Location place) {
        return new Content.Location(
                place.latitude(),
                place.longitude(),
                place.accuracy(),
                orNull(place.name()),
                orNull(place.address()),
                place.liveUntil());
    }

    private static Content contact(Content.ContactCard card) {
        return new Content.ContactCard(
                of(card.name()),
                orNull(card.organization()),
                card.reach().stream()
                        .map(
                                way ->
                                        new Content.ContactCard.Reach(
                                                of(way.type()),
                                                of(way.value()),
                                                orNull(way.label())))
                        .toList());
    }

    private static Content.Card card(Content.Card card) {
        Content.Media image = card.image();
        return new Content.Card(
                of(card.title()),
                orNull(card.text()),
                image == null ? null : media(image),
                each(card.choices(), CleanContent::choice));
    }

    private static Content.Form.Field field(Content.Form.Field field) {
        return new Content.Form.Field(
                of(field.name()),
                of(field.label()),
                field.input(),
                field.required(),
                each(field.choices(), CleanContent::choice));
    }

    private static Content order(Content.Order order) {
        return new Content.Order(
                orNull(order.catalog()),
                orNull(order.currency()),
                order.items().stream()
                        .map(
                                item ->
                                        new Content.Order.Item(
                                                of(item.product()),
                                                orNull(item.name()),
                                                item.quantity(),
                                                item.price()))
                        .toList(),
                orNull(order.note()));
    }

    private static Content reading(Content.Reading reading) {
        return new Content.Reading(
                of(reading.code()),
                reading.value(),
                of(reading.unit()),
                reading.from(),
                reading.to(),
                reading.spread(),
                orNull(reading.device()));
    }

    private static Part part(Part part) {
        Content clean = content(part.content());
        return clean == part.content() ? part : new Part(part.number(), clean, part.unknown());
    }

    private static @Nullable Reason reason(@Nullable Reason reason) {
        return reason == null ? null : new Reason(of(reason.code()), of(reason.text()));
    }

    private static Map<String, String> values(Map<String, String> values) {
        var clean = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> clean.put(of(name), of(value)));
        return clean;
    }

    private static Choice choice(Choice choice) {
        return new Choice(
                of(choice.id()),
                of(choice.label()),
                orNull(choice.description()),
                orNull(choice.section()),
                orNull(choice.url()));
    }
}
