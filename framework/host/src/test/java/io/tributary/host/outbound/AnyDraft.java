package io.tributary.host.outbound;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.MediaId;
import io.tributary.model.Span;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Any contents, in any Unicode, and any capabilities.
final class AnyDraft {

    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    /// What is easily cut in the wrong place or counted wrongly, and what is not.
    private static final List<String> STUFF =
            List.of(
                    "a",
                    "word ",
                    " ",
                    "\n",
                    "\r\n",
                    "ß",
                    "€",
                    "[",
                    "e\u0301",
                    "한",
                    "\u1112\u1161\u11ab",
                    "😀",
                    "👍🏽",
                    "👩‍👩‍👧",
                    "🇦🇹",
                    "❤️",
                    "\u200d",
                    "नि",
                    "\ufffd",
                    "𐀀",
                    "\u202e",
                    "ﷺ");

    private final Random random;

    AnyDraft(long seed) {
        this.random = new Random(seed);
    }

    Capabilities capabilities() {
        var can =
                Capabilities.NONE.with(
                        "text",
                        Support.of(random.nextInt(4) == 0 ? Level.FULL : Level.PARTIAL)
                                .length(20 + random.nextInt(200), any(Unit.values())));
        for (var type :
                List.of(
                        "choices",
                        "card",
                        "carousel",
                        "media.image",
                        "location",
                        "form",
                        "template",
                        "text.spans")) {
            can =
                    can.with(
                            type,
                            Support.of(any(Level.values()))
                                    .count(random.nextInt(3))
                                    .label(random.nextInt(2) * 30)
                                    .length(random.nextInt(2) * 60, any(Unit.values()))
                                    .values(values(type)));
        }
        return can;
    }

    private String[] values(String type) {
        boolean some = random.nextBoolean();
        return switch (type) {
            case "media.image" -> some ? new String[] {"image/png"} : new String[0];
            case "text.spans" -> some ? new String[] {"bold", "code"} : new String[0];
            default -> new String[0];
        };
    }

    List<Content> contents() {
        var contents = new ArrayList<Content>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            contents.add(content());
        }
        return contents;
    }

    private Content content() {
        return switch (random.nextInt(9)) {
            case 0 -> Content.location(random.nextInt(90), 2);
            case 1 -> new Content.Choices(text(20), choices());
            case 2 -> card();
            case 3 -> new Content.Carousel(List.of(card(), card()));
            case 4 -> picture();
            case 5 ->
                    new Content.Form(
                            "visit",
                            "How was it?" + text(5),
                            List.of(
                                    new Content.Form.Field(
                                            "stars",
                                            "Stars",
                                            Content.Form.Input.NUMBER,
                                            true,
                                            List.of())));
            case 6 -> new Content.Template("appointment", Locale.GERMAN, Map.of("1", "x"));
            default -> formatted();
        };
    }

    private Content.Text formatted() {
        var text = text(60);
        var spans = new ArrayList<Span>();
        for (int i = random.nextInt(4); i > 0 && text.length() > 1; i--) {
            int start = random.nextInt(text.length() - 1);
            int length = 1 + random.nextInt(text.length() - start - 1 + 1);
            var kind = any(Span.Kind.values());
            spans.add(
                    new Span(
                            start,
                            Math.min(length, text.length() - start),
                            kind,
                            kind == Span.Kind.LINK ? "https://e.example/" + i : null));
        }
        return new Content.Text(text, spans);
    }

    private Content.Card card() {
        return new Content.Card(
                "T" + text(4),
                random.nextBoolean() ? text(10) : null,
                random.nextBoolean() ? picture() : null,
                random.nextBoolean() ? choices() : List.of());
    }

    private Content.Media picture() {
        MediaId id = IDS.media();
        return Content.Media.stored(Content.Media.Kind.IMAGE, id, "image/jpeg")
                .captioned(random.nextBoolean() ? "C" + text(6) : null);
    }

    private List<Choice> choices() {
        var choices = new ArrayList<Choice>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var choice = Choice.of("c" + i, "L" + text(3));
            choice = random.nextBoolean() ? choice.describedAs("D" + text(2)) : choice;
            choice = random.nextBoolean() ? choice.under("S" + i % 2) : choice;
            choices.add(random.nextInt(3) > 0 ? choice : choice.leadingTo("https://c.example/"));
        }
        return choices;
    }

    private String text(int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(
                    random.nextInt(3) > 0
                            ? STUFF.get(random.nextInt(STUFF.size()))
                            : Character.toString(anyCharacter()));
        }
        return text.toString();
    }

    /// Any of them but halves of pairs and NUL, for which the log keeps a replacement character.
    private int anyCharacter() {
        int any = 1 + random.nextInt(Character.MAX_CODE_POINT);
        return any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE ? 'x' : any;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
