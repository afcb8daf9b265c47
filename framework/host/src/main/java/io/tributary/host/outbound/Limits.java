package io.tributary.host.outbound;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The limits of a support, held against one content.
final class Limits {

    private Limits() {}

    /// @param text what its length limit is about
    /// @param count how many things to choose from or to show
    /// @param labels what its label limit is about
    /// @param bytes of its file
    /// @param value what its list of values is about; null: nothing
    private record Measure(
            @Nullable String text,
            int count,
            List<String> labels,
            long bytes,
            @Nullable String value) {

        static final Measure NOTHING = new Measure(null, 0, List.of(), 0, null);

        static Measure text(@Nullable String text) {
            return new Measure(text, 0, List.of(), 0, null);
        }

        static Measure choices(String text, List<Choice> choices) {
            return new Measure(text, choices.size(), labels(choices), 0, null);
        }

        static Measure count(@Nullable String text, int count) {
            return new Measure(text, count, List.of(), 0, null);
        }

        static Measure value(String value) {
            return new Measure(null, 0, List.of(), 0, value);
        }

        private static List<String> labels(List<Choice> choices) {
            return choices.stream().map(Choice::label).toList();
        }
    }

    /// Why the content is beyond the limits; null: it is within.
    static @Nullable Reason against(Content content, Support support) {
        var measure = measure(content);
        var text = measure.text();
        if (text != null && support.length() > 0) {
            int length = length(text, support.unit());
            if (length > support.length()) {
                return tooLong("the text", length, support);
            }
        }
        if (support.count() > 0 && measure.count() > support.count()) {
            return Reason.of(
                    "too-many",
                    "at most " + support.count() + " are carried, these are " + measure.count());
        }
        if (support.label() > 0) {
            for (var label : measure.labels()) {
                int length = length(label, support.unit());
                if (length > support.label()) {
                    return Reason.of(
                            "too-long",
                            "a label has %d %s, at most %d are carried"
                                    .formatted(length, words(support.unit()), support.label()));
                }
            }
        }
        return beyondFile(measure, support);
    }

    private static @Nullable Reason beyondFile(Measure measure, Support support) {
        if (support.bytes() > 0 && measure.bytes() > support.bytes()) {
            return Reason.of(
                    "too-large",
                    "the file has %d bytes, at most %d are carried"
                            .formatted(measure.bytes(), support.bytes()));
        }
        var value = measure.value();
        if (value != null && !support.values().isEmpty() && !support.values().contains(value)) {
            return Reason.of(
                    "not-carried",
                    "carried are only "
                            + String.join(", ", support.values().stream().sorted().toList()));
        }
        return null;
    }

    private static Reason tooLong(String what, int length, Support support) {
        return Reason.of(
                "too-long",
                "%s has %d %s, at most %d are carried"
                        .formatted(what, length, words(support.unit()), support.length()));
    }

    static int length(String text, Unit unit) {
        return switch (unit) {
            case UTF16 -> text.length();
            case CODE_POINTS -> text.codePointCount(0, text.length());
            case UTF8_BYTES -> utf8Length(text);
        };
    }

    /// Counted without encoding; half of a surrogate pair counts as the replacement character.
    private static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int next = text.codePointAt(i);
            i += Character.charCount(next);
            if (next < 0x80) {
                bytes += 1;
            } else if (next < 0x800) {
                bytes += 2;
            } else {
                bytes += next < 0x10000 ? 3 : 4;
            }
        }
        return bytes;
    }

    private static String words(Unit unit) {
        return switch (unit) {
            case UTF16 -> "UTF-16 units";
            case CODE_POINTS -> "characters";
            case UTF8_BYTES -> "bytes of UTF-8";
        };
    }

    private static Measure measure(Content content) {
        return switch (content) {
            case Content.Text text -> Measure.text(text.text());
            case Content.Media media ->
                    new Measure(media.caption(), 0, List.of(), media.bytes(), media.mediaType());
            case Content.Choices choices -> Measure.choices(choices.text(), choices.choices());
            case Content.Card card ->
                    Measure.choices(card.text() == null ? "" : card.text(), card.choices());
            case Content.Carousel carousel -> Measure.count(null, carousel.cards().size());
            case Content.Form form -> Measure.count(form.title(), form.fields().size());
            case Content.Template template -> Measure.value(template.name());
            case Content.Reaction reaction -> Measure.value(reaction.emoji());
            case Content.CallOrder order ->
                    Measure.value(order.action().name().toLowerCase(Locale.ROOT));
            case Content.Custom custom -> Measure.text(custom.fallback());
            case Content.Edited _,
                    Content.Location _,
                    Content.ContactCard _,
                    Content.ChoiceMade _,
                    Content.FormSubmitted _,
                    Content.Order _,
                    Content.Transcript _,
                    Content.Reading _,
                    Content.Alert _,
                    Content.Tap _,
                    Content.Scan _,
                    Content.Visit _,
                    Content.Call _,
                    Content.Consent _,
                    Content.Deleted _,
                    Content.Receipt _,
                    Content.MediaStored _,
                    Content.MediaFailed _,
                    Content.Note _,
                    Content.Handover _,
                    Content.Changed _ ->
                    Measure.NOTHING;
        };
    }
}
