package io.tributary.json;

import io.tributary.model.Actor;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.MediaId;
import io.tributary.model.PluginVersion;
import io.tributary.model.Reason;
import io.tributary.model.Span;
import java.util.UUID;

/// Reads the objects that contents and interactions are made of.
final class StructureReader {

    static final Actor SOMEBODY = Actor.SYSTEM;

    private static final MediaId NO_MEDIA = new MediaId(new UUID(0, 0));

    private StructureReader() {}

    static Actor actor(Members in) {
        return new Actor(
                in.constant("kind", Names.ACTOR), in.optionalText("id"), in.optionalText("name"));
    }

    static Reason reason(Members in) {
        return new Reason(in.text("code"), in.text("text"));
    }

    static PluginVersion plugin(Members in) {
        return new PluginVersion(in.text("id"), in.text("version"));
    }

    static Span span(Members in) {
        return new Span(
                (int) in.number("start", 0, Integer.MAX_VALUE),
                (int) in.number("length", 1, Integer.MAX_VALUE),
                in.constant("kind", Names.SPAN),
                in.optionalText("value"));
    }

    static Content.Media media(Members in) {
        return new Content.Media(
                in.constant("kind", Names.MEDIA),
                in.constant("state", Names.MEDIA_STATE, Content.Media.State.STORED),
                in.optionalParsed("id", NO_MEDIA, MediaId::of),
                in.optionalText("mediaType"),
                in.optionalText("name"),
                in.number("bytes", 0, Long.MAX_VALUE, 0),
                in.optionalText("sha256"),
                in.optionalText("caption"));
    }

    static Content.ContactCard.Reach reach(Members in) {
        return new Content.ContactCard.Reach(
                in.text("type"), in.text("value"), in.optionalText("label"));
    }

    static Choice choice(Members in) {
        return new Choice(
                in.text("id"),
                in.text("label"),
                in.optionalText("description"),
                in.optionalText("section"),
                in.optionalText("url"));
    }

    static Content.Card card(Members in) {
        return new Content.Card(
                in.text("title"),
                in.optionalText("text"),
                in.object("image", StructureReader::media),
                in.list("choices", StructureReader::choice));
    }

    static Content.Form.Field field(Members in) {
        return new Content.Form.Field(
                in.text("name"),
                in.text("label"),
                in.constant("input", Names.INPUT),
                in.flag("required", false),
                in.list("choices", StructureReader::choice));
    }

    static Content.Order.Item item(Members in) {
        return new Content.Order.Item(
                in.text("product"),
                in.optionalText("name"),
                (int) in.number("quantity", 1, Integer.MAX_VALUE),
                in.optionalDecimal("price"));
    }

    static Content.Reading.Spread spread(Members in) {
        return new Content.Reading.Spread(
                in.decimal("lowest"),
                in.decimal("highest"),
                (int) in.number("count", 1, Integer.MAX_VALUE));
    }
}
