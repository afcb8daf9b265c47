package io.tributary.json;

import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads contents by their `type`.
///
/// Strictly, an unknown type is a problem. Otherwise it becomes [Content.Custom], and so does a
/// known type with members that this build cannot read: it is then shown by its fallback, and
/// written back as it came.
final class ContentReader {

    private static final MediaId NO_MEDIA = new MediaId(new UUID(0, 0));
    private static final Reason NO_REASON = Reason.of("none", "");

    private ContentReader() {}

    static Content read(Members members) {
        return members.findings().strict() ? strictly(members) : orCustom(members);
    }

    private static Content strictly(Members members) {
        String type = members.text("type");
        Content content = known(type, members);
        if (content == null) {
            if (!type.isEmpty()) {
                members.problem("type", "is not a type of content");
            }
            return new Content.Deleted();
        }
        return content;
    }

    private static Content orCustom(Members members) {
        var findings = members.findings();
        int before = findings.count();
        String type = members.text("type");
        Content content = null;
        try {
            content = known(type, members);
        } catch (IllegalArgumentException _) {
            // Values that the model refuses: the same as values that are unreadable.
        }
        if (content != null && findings.count() == before) {
            return content;
        }
        findings.forgetAfter(before);
        return asItCame(type, members);
    }

    private static Content asItCame(String type, Members members) {
        int before = members.findings().count();
        String fallback = members.optionalText("fallback");
        members.findings().forgetAfter(before);
        // The name of a type of the model has no dot; with one it would pass for a channel's own.
        String name = type.isEmpty() || type.indexOf('.') >= 0 ? "unreadable" : type;
        return new Content.Custom(
                name,
                members.leftovers().whole("number"),
                fallback == null || fallback.isBlank() ? "[" + name + "]" : fallback);
    }

    private static @Nullable Content known(String type, Members in) {
        return switch (type) {
            case "text" ->
                    new Content.Text(
                            in.text("text"),
                            in.orKept(
                                    "spans",
                                    List.of(),
                                    it -> it.list("spans", StructureReader::span)));
            case "media" -> StructureReader.media(in);
            case "location" ->
                    new Content.Location(
                            in.real("latitude"),
                            in.real("longitude"),
                            in.optionalReal("accuracy"),
                            in.optionalText("name"),
                            in.optionalText("address"),
                            in.optionalInstant("liveUntil"));
            case "contactCard" ->
                    new Content.ContactCard(
                            in.text("name"),
                            in.optionalText("organization"),
                            in.list("reach", StructureReader::reach));
            case "choices" ->
                    new Content.Choices(
                            in.text("text"), in.list("choices", StructureReader::choice));
            case "choiceMade" -> choiceMade(in);
            case "card" -> StructureReader.card(in);
            case "carousel" -> new Content.Carousel(in.list("cards", StructureReader::card));
            case "form" ->
                    new Content.Form(
                            in.text("form"),
                            in.text("title"),
                            in.list("fields", StructureReader::field));
            case "formSubmitted" -> new Content.FormSubmitted(in.text("form"), in.jsons("values"));
            case "template" -> template(in);
            case "order" ->
                    new Content.Order(
                            in.optionalText("catalog"),
                            in.optionalText("currency"),
                            in.list("items", StructureReader::item),
                            in.optionalText("note"));
            case "transcript" ->
                    new Content.Transcript(
                            in.text("text"), in.constant("speaker", Names.ACTOR), in.flag("last"));
            case "reading" -> reading(in);
            case "alert" ->
                    new Content.Alert(
                            in.text("kind"),
                            in.constant("severity", Names.SEVERITY),
                            in.text("text"));
            case "tap" -> new Content.Tap(in.text("on"), in.optionalText("label"));
            case "scan" -> new Content.Scan(in.text("symbology"), in.text("value"));
            case "visit" ->
                    new Content.Visit(in.constant("event", Names.VISIT), in.optionalText("place"));
            case "call" ->
                    new Content.Call(
                            in.constant("event", Names.CALL),
                            (int) in.number("sequence", 0, Integer.MAX_VALUE, 0),
                            in.optionalDuration("length"),
                            in.object("reason", StructureReader::reason));
            case "callOrder" ->
                    new Content.CallOrder(
                            in.constant("action", Names.CALL_ORDER), in.optionalText("endpoint"));
            case "consent" -> new Content.Consent(in.text("purpose"), in.flag("granted"));
            case "reaction" -> new Content.Reaction(in.text("emoji"), in.flag("added", true));
            case "edited" -> new Content.Edited(in.parts("parts"));
            case "deleted" -> new Content.Deleted();
            case "receipt" ->
                    new Content.Receipt(
                            in.constant("status", Names.STATUS),
                            in.object("reason", StructureReader::reason));
            case "mediaStored" ->
                    new Content.MediaStored(
                            in.parsed("media", NO_MEDIA, MediaId::of),
                            in.text("mediaType"),
                            in.number("bytes", 0, Long.MAX_VALUE),
                            in.text("sha256"));
            case "mediaFailed" ->
                    new Content.MediaFailed(
                            in.parsed("media", NO_MEDIA, MediaId::of),
                            in.needed("reason", NO_REASON, StructureReader::reason));
            case "note" -> new Content.Note(in.text("text"));
            case "handover" ->
                    new Content.Handover(
                            in.needed("from", StructureReader.SOMEBODY, StructureReader::actor),
                            in.needed("to", StructureReader.SOMEBODY, StructureReader::actor),
                            in.optionalText("note"));
            case "changed" ->
                    new Content.Changed(in.constant("what", Names.CHANGED), in.texts("details"));
            case "custom" -> custom(in);
            default -> null;
        };
    }

    private static Content choiceMade(Members in) {
        String id = in.text("id");
        String label = in.optionalText("label");
        return new Content.ChoiceMade(id, label == null ? id : label);
    }

    private static Content template(Members in) {
        Locale locale = in.optionalLocale("locale");
        if (locale == null) {
            in.problem("locale", "is missing");
        }
        return new Content.Template(
                in.text("name"), locale == null ? Locale.ROOT : locale, in.texts("values"));
    }

    private static Content reading(Members in) {
        Instant from = in.instant("from");
        Instant to = in.optionalInstant("to");
        return new Content.Reading(
                in.text("code"),
                in.decimal("value"),
                in.text("unit"),
                from,
                to == null ? from : to,
                in.object("spread", StructureReader::spread),
                in.optionalText("device"));
    }

    private static Content custom(Members in) {
        String name = in.text("name");
        Json data = in.json("data");
        String fallback = in.optionalText("fallback");
        return Content.custom(
                name,
                data == null ? Json.OBJECT : data,
                fallback == null ? "[" + name + "]" : fallback);
    }
}
