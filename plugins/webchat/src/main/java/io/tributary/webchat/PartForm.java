package io.tributary.webchat;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Part;
import io.tributary.model.Span;
import io.tributary.spi.NotStored;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes one part of a message as the widget understands it. What the widget has no form for is
/// written as its plain text.
final class PartForm {

    private static final Set<String> WEB = Set.of("http", "https", "mailto");

    private final String address;
    private final Means means;

    PartForm(String address, Means means) {
        this.address = address;
        this.means = means;
    }

    /// Whether a message with this may be sent: what capabilities name, and nothing else.
    static boolean canShow(Content content) {
        return switch (content) {
            case Content.Text _ -> true;
            case Content.Media _ -> true;
            case Content.Choices _ -> true;
            case Content.Card _ -> true;
            case Content.Carousel _ -> true;
            case Content.Form _ -> true;
            case Content.Location _ -> true;
            case Content.Edited _ -> true;
            case Content.Deleted _ -> true;
            default -> false;
        };
    }

    /// Whether a visitor is to see this of what stands in the log.
    static boolean isSeen(Content content, Direction direction) {
        return switch (content) {
            case Content.Receipt _ -> false;
            case Content.Reaction _ -> false;
            case Content.Visit visit -> visit.event() == Content.Visit.Event.ENDED;
            case Content.MediaStored _ -> false;
            case Content.MediaFailed _ -> false;
            case Content.Note _ -> false;
            case Content.Handover _ -> false;
            case Content.CallOrder _ -> false;
            case Content.Changed changed -> changed.what() == Content.Changed.What.CLOSED;
            case Content.Custom _ -> direction == Direction.OUTBOUND;
            default -> true;
        };
    }

    ObjectNode of(Part part) throws NotStored {
        return form(part.content()).put("n", part.number());
    }

    private ObjectNode form(Content content) throws NotStored {
        return switch (content) {
            case Content.Text text -> text(text);
            case Content.Media media -> media(media);
            case Content.Choices choices ->
                    choices(kind("choices").put("text", choices.text()), choices.choices());
            case Content.Card card -> card(card);
            case Content.Carousel carousel -> carousel(carousel);
            case Content.Form form -> form(form);
            case Content.Location place -> place(place);
            case Content.FormSubmitted _ -> kind("filled");
            default -> kind("text").put("text", content.fallback());
        };
    }

    private static ObjectNode kind(String name) {
        return StrictJson.MAPPER.createObjectNode().put("k", name);
    }

    private static ObjectNode text(Content.Text text) {
        var form = kind("text").put("text", text.text());
        if (!text.spans().isEmpty()) {
            var spans = form.putArray("spans");
            for (var span : text.spans()) {
                if (span.kind() != Span.Kind.LINK || isWeb(span.value())) {
                    spans.addObject()
                            .put("from", span.start())
                            .put("to", span.start() + span.length())
                            .put("as", span.kind().name().toLowerCase(Locale.ROOT))
                            .put("value", span.value());
                }
            }
        }
        return form;
    }

    private ObjectNode media(Content.Media media) throws NotStored {
        var form = kind("media").put("type", media.mediaType()).put("bytes", media.bytes());
        form.put("name", media.name()).put("caption", media.caption());
        var id = media.id();
        if (id != null && media.state() == Content.Media.State.STORED) {
            form.put("media", id.toString())
                    .put("grant", means.seal().grant(address, id))
                    .put("url", means.media().link(id, Shown.LINK).toString())
                    .put("picture", SafeMedia.isPicture(media.mediaType()));
        }
        return form;
    }

    private static ObjectNode choices(ObjectNode form, List<Choice> choices) {
        var array = form.putArray("choices");
        for (var choice : choices) {
            var one = array.addObject().put("id", choice.id()).put("label", choice.label());
            one.put("description", choice.description()).put("section", choice.section());
            if (choice.url() != null) {
                // one that leads where it must not is shown, and leads nowhere
                one.put("url", isWeb(choice.url()) ? choice.url() : "");
            }
        }
        return form;
    }

    private ObjectNode card(Content.Card card) throws NotStored {
        var form = kind("card").put("title", card.title()).put("text", card.text());
        var image = card.image();
        if (image != null) {
            form.set("image", media(image));
        }
        return choices(form, card.choices());
    }

    private ObjectNode carousel(Content.Carousel carousel) throws NotStored {
        var form = kind("carousel");
        var cards = form.putArray("cards");
        for (var card : carousel.cards()) {
            cards.add(card(card));
        }
        return form;
    }

    private static ObjectNode form(Content.Form form) {
        var shown = kind("form").put("form", form.form()).put("title", form.title());
        var fields = shown.putArray("fields");
        for (var field : form.fields()) {
            var one =
                    fields.addObject()
                            .put("name", field.name())
                            .put("label", field.label())
                            .put("input", field.input().name().toLowerCase(Locale.ROOT))
                            .put("required", field.required());
            choices(one, field.choices());
        }
        return shown;
    }

    private static ObjectNode place(Content.Location place) {
        return kind("place")
                .put("text", place.fallback())
                .put("latitude", place.latitude())
                .put("longitude", place.longitude());
    }

    /// Whether a link may be followed: what is no web or mail address could run something.
    static boolean isWeb(@Nullable String url) {
        if (url == null) {
            return false;
        }
        try {
            var scheme = new URI(url).getScheme();
            return scheme != null && WEB.contains(scheme.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException broken) {
            return false;
        }
    }
}
