package io.tributary.json;

import io.tributary.model.Actor;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Reason;
import io.tributary.model.Span;
import java.util.Map;

/// Writes the members of contents: first `type`, then one per component under the component's name.
final class ContentWriter {

    private ContentWriter() {}

    static void members(JsonWriter out, Content content) {
        if (content instanceof Content.Custom custom && !custom.ofChannel()) {
            asItCame(out, custom);
            return;
        }
        out.plain("type", content.type());
        switch (content) {
            case Content.Text text -> text(out, text);
            case Content.Media media -> media(out, media);
            case Content.Location place -> location(out, place);
            case Content.ContactCard card -> contactCard(out, card);
            case Content.Choices choices -> {
                out.text("text", choices.text());
                out.list("choices", choices.choices(), ContentWriter::choice);
            }
            case Content.ChoiceMade made -> {
                out.text("id", made.id());
                out.text("label", made.label());
            }
            case Content.Card card -> card(out, card);
            case Content.Carousel carousel ->
                    out.list("cards", carousel.cards(), ContentWriter::card);
            case Content.Form form -> {
                out.text("form", form.form());
                out.text("title", form.title());
                out.list("fields", form.fields(), ContentWriter::field);
            }
            case Content.FormSubmitted submitted -> {
                out.text("form", submitted.form());
                out.jsons("values", submitted.values());
            }
            case Content.Template template -> {
                out.text("name", template.name());
                out.text("locale", template.locale().toLanguageTag());
                out.texts("values", template.values());
            }
            case Content.Order order -> order(out, order);
            case Content.Transcript transcript -> {
                out.text("text", transcript.text());
                out.constant("speaker", Names.ACTOR, transcript.speaker());
                out.flag("last", transcript.last());
            }
            case Content.Reading reading -> reading(out, reading);
            case Content.Alert alert -> {
                out.text("kind", alert.kind());
                out.constant("severity", Names.SEVERITY, alert.severity());
                out.text("text", alert.text());
            }
            case Content.Tap tap -> {
                out.text("on", tap.on());
                out.text("label", tap.label());
            }
            case Content.Scan scan -> {
                out.text("symbology", scan.symbology());
                out.text("value", scan.value());
            }
            case Content.Visit visit -> {
                out.constant("event", Names.VISIT, visit.event());
                out.text("place", visit.place());
            }
            case Content.Call call -> {
                out.constant("event", Names.CALL, call.event());
                out.number("sequence", call.sequence());
                out.plain("length", call.length());
                out.object("reason", call.reason(), ContentWriter::reason);
            }
            case Content.CallOrder order -> {
                out.constant("action", Names.CALL_ORDER, order.action());
                out.text("endpoint", order.endpoint());
            }
            case Content.Consent consent -> {
                out.text("purpose", consent.purpose());
                out.flag("granted", consent.granted());
            }
            case Content.Reaction reaction -> {
                out.text("emoji", reaction.emoji());
                out.flag("added", reaction.added());
            }
            case Content.Edited edited -> out.list("parts", edited.parts(), PartWriter::members);
            case Content.Deleted _ -> {}
            case Content.Receipt receipt -> {
                out.constant("status", Names.STATUS, receipt.status());
                out.object("reason", receipt.reason(), ContentWriter::reason);
            }
            case Content.MediaStored stored -> {
                out.plain("media", stored.media());
                out.text("mediaType", stored.mediaType());
                out.number("bytes", stored.bytes());
                out.text("sha256", stored.sha256());
            }
            case Content.MediaFailed failed -> {
                out.plain("media", failed.media());
                out.object("reason", failed.reason(), ContentWriter::reason);
            }
            case Content.Note note -> out.text("text", note.text());
            case Content.Handover handover -> {
                out.object("from", handover.from(), ContentWriter::actor);
                out.object("to", handover.to(), ContentWriter::actor);
                out.text("note", handover.note());
            }
            case Content.Changed changed -> {
                out.constant("what", Names.CHANGED, changed.what());
                out.texts("details", changed.details());
            }
            case Content.Custom custom -> {
                out.text("name", custom.name());
                out.json("data", custom.data());
                out.text("fallback", custom.fallback());
            }
        }
    }

    /// What a newer build wrote: its data is the whole of it, the type included.
    private static void asItCame(JsonWriter out, Content.Custom custom) {
        var data = TreeReader.stored(custom.data().text());
        var members = data instanceof Tree.Members(var values) ? values : Map.of("data", data);
        if (!members.containsKey("type")) {
            out.text("type", custom.name());
        }
        Characters.names(members)
                .forEach((name, value) -> {
                    if (!name.equals("number")) {
                        out.tree(name, value);
                    }
                });
    }

    static void actor(JsonWriter out, Actor actor) {
        out.constant("kind", Names.ACTOR, actor.kind());
        out.text("id", actor.id());
        out.text("name", actor.name());
    }

    private static void reason(JsonWriter out, Reason reason) {
        out.text("code", reason.code());
        out.text("text", reason.text());
    }

    private static void text(JsonWriter out, Content.Text text) {
        out.text("text", text.text());
        out.list("spans", text.spans(), ContentWriter::span);
    }

    private static void span(JsonWriter out, Span span) {
        out.number("start", span.start());
        out.number("length", span.length());
        out.constant("kind", Names.SPAN, span.kind());
        out.text("value", span.value());
    }

    private static void media(JsonWriter out, Content.Media media) {
        out.constant("kind", Names.MEDIA, media.kind());
        out.constant("state", Names.MEDIA_STATE, media.state());
        out.plain("id", media.id());
        out.text("mediaType", media.mediaType());
        out.text("name", media.name());
        if (media.bytes() > 0) {
            out.number("bytes", media.bytes());
        }
        out.text("sha256", media.sha256());
        out.text("caption", media.caption());
    }

    private static void location(JsonWriter out, Content.Location place) {
        out.number("latitude", place.latitude());
        out.number("longitude", place.longitude());
        Double accuracy = place.accuracy();
        if (accuracy != null) {
            out.number("accuracy", accuracy.doubleValue());
        }
        out.text("name", place.name());
        out.text("address", place.address());
        out.instant("liveUntil", place.liveUntil());
    }

    private static void contactCard(JsonWriter out, Content.ContactCard card) {
        out.text("name", card.name());
        out.text("organization", card.organization());
        out.list("reach", card.reach(), ContentWriter::reach);
    }

    private static void reach(JsonWriter out, Content.ContactCard.Reach reach) {
        out.text("type", reach.type());
        out.text("value", reach.value());
        out.text("label", reach.label());
    }

    private static void choice(JsonWriter out, Choice choice) {
        out.text("id", choice.id());
        out.text("label", choice.label());
        out.text("description", choice.description());
        out.text("section", choice.section());
        out.text("url", choice.url());
    }

    private static void card(JsonWriter out, Content.Card card) {
        out.text("title", card.title());
        out.text("text", card.text());
        out.object("image", card.image(), ContentWriter::media);
        out.list("choices", card.choices(), ContentWriter::choice);
    }

    private static void field(JsonWriter out, Content.Form.Field field) {
        out.text("name", field.name());
        out.text("label", field.label());
        out.constant("input", Names.INPUT, field.input());
        out.flag("required", field.required());
        out.list("choices", field.choices(), ContentWriter::choice);
    }

    private static void order(JsonWriter out, Content.Order order) {
        out.text("catalog", order.catalog());
        out.text("currency", order.currency());
        out.list("items", order.items(), ContentWriter::item);
        out.text("note", order.note());
    }

    private static void item(JsonWriter out, Content.Order.Item item) {
        out.text("product", item.product());
        out.text("name", item.name());
        out.number("quantity", item.quantity());
        out.number("price", item.price());
    }

    private static void reading(JsonWriter out, Content.Reading reading) {
        out.text("code", reading.code());
        out.number("value", reading.value());
        out.text("unit", reading.unit());
        out.instant("from", reading.from());
        out.instant("to", reading.to());
        out.object("spread", reading.spread(), ContentWriter::spread);
        out.text("device", reading.device());
    }

    private static void spread(JsonWriter out, Content.Reading.Spread spread) {
        out.number("lowest", spread.lowest());
        out.number("highest", spread.highest());
        out.number("count", spread.count());
    }
}
