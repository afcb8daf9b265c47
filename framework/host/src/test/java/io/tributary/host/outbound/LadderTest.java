package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import io.tributary.model.MediaId;
import io.tributary.model.Part;
import io.tributary.model.Span;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what a channel does not carry")
final class LadderTest {

    private static final MediaId FILE = new TimeOrderedIds(InstantSource.system()).media();
    private static final String LINK = "https://files.example/" + FILE;

    private static final Capabilities TEXTS = Capabilities.NONE.with("text", Support.full());

    private static Carrying carrying(Capabilities capabilities, Content... contents) {
        return Carrying.of(
                Part.of(contents),
                capabilities,
                file -> URI.create("https://files.example/" + file));
    }

    private static List<Content> sent(Carrying carrying) {
        assertThat(carrying.problems()).isEmpty();
        return carrying.parts().stream()
                .map(part -> carrying.degraded().sent(part.number(), part.content()))
                .toList();
    }

    private static Interaction interaction(List<Part> parts, Json degraded) {
        var ids = new TimeOrderedIds(InstantSource.system());
        return Interaction.builder()
                .id(ids.interaction())
                .conversation(ids.conversation())
                .customer(ids.customer())
                .channel(TestAccount.CHANNEL)
                .account(TestAccount.ID)
                .line("desk")
                .address("100")
                .direction(Direction.OUTBOUND)
                .actor(Member.ANNA)
                .receivedAt(Instant.EPOCH)
                .parts(parts)
                .extension(Degraded.EXTENSION, degraded)
                .build();
    }

    private static Set<Integer> said(Carrying carrying, Adaptation adaptation) {
        return carrying.degraded().parts().getOrDefault(adaptation, Set.of());
    }

    private static Content.Media picture() {
        return Content.Media.stored(Content.Media.Kind.IMAGE, FILE, "image/jpeg");
    }

    private static Content.Card card(String title, Choice... choices) {
        return new Content.Card(title, null, null, List.of(choices));
    }

    private static Content.Text linked() {
        return new Content.Text(
                "See our shop, Ada",
                List.of(
                        new Span(4, 8, Span.Kind.LINK, "https://shop.example/"),
                        Span.of(8, 4, Span.Kind.BOLD),
                        Span.of(14, 3, Span.Kind.BOLD)));
    }

    @Test
    @DisplayName("goes down from a carousel to its cards, from a card to its choices, to text")
    void downFromCarousels() {
        var buy = card("Bike", Choice.of("b", "Buy"));
        var rent = card("Scooter", Choice.of("r", "Rent"));
        var carousel = new Content.Carousel(List.of(buy, rent));
        var texts = TEXTS.with("carousel", Support.of(Level.FALLBACK));
        var choices = texts.with("choices", Support.full());
        var cards = choices.with("card", Support.full());

        assertThat(sent(carrying(cards.with("carousel", Support.full()), carousel)))
                .containsExactly(carousel);
        assertThat(sent(carrying(cards, carousel))).containsExactly(buy, rent);
        assertThat(sent(carrying(choices, carousel)))
                .containsExactly(
                        new Content.Choices("Bike", buy.choices()),
                        new Content.Choices("Scooter", rent.choices()));
        assertThat(said(carrying(choices, carousel), Adaptation.AS_CHOICES)).containsExactly(1, 2);
        assertThat(carrying(choices, carousel).degraded().cut()).containsExactly(List.of(1, 2));
        assertThat(sent(carrying(texts, carousel)))
                .containsExactly(Content.text("Bike\n1. Buy\nScooter\n2. Rent"));
    }

    @Test
    @DisplayName("keeps of a card the picture as a link")
    void picturesOfCards() {
        var card = new Content.Card("Bike", "In blue", picture(), List.of(Choice.of("b", "Buy")));
        var texts = TEXTS.with("card", Support.of(Level.FALLBACK));

        assertThat(sent(carrying(texts, card)))
                .containsExactly(Content.text("Bike\nIn blue\n" + LINK + "\n1. Buy"));
        assertThat(sent(carrying(texts.with("choices", Support.full()), card)))
                .containsExactly(new Content.Choices("Bike\nIn blue\n" + LINK, card.choices()));
    }

    @Test
    @DisplayName("numbers choices through all parts, and says with them all that they say")
    void numbersGoOn() {
        var sizes =
                new Content.Choices(
                        "Size?",
                        List.of(
                                Choice.of("s", "Small").describedAs("up to 38").under("Shoes"),
                                Choice.of("w", "All").leadingTo("https://shop.example/")));
        var colours = new Content.Choices("Colour?", List.of(Choice.of("b", "Blue")));

        var carrying = carrying(TEXTS.with("choices", Support.of(Level.FALLBACK)), sizes, colours);

        assertThat(sent(carrying))
                .containsExactly(
                        Content.text(
                                "Size?\nShoes\n1. Small (up to 38)\n2. All: https://shop.example/"),
                        Content.text("Colour?\n3. Blue"));
        assertThat(carrying.degraded().numbered())
                .extracting(Choice::id)
                .containsExactly("s", "w", "b");
    }

    @Test
    @DisplayName("goes as a link where it is a file that is not carried, or beyond limits")
    void filesAsLinks() {
        var picture = picture().captioned("The blue one");
        var none = TEXTS.with("media.image", Support.of(Level.FALLBACK));
        var some = TEXTS.with("media.image", Support.of(Level.PARTIAL).values("image/png"));

        for (var can : List.of(none, some)) {
            assertThat(sent(carrying(can, picture)))
                    .containsExactly(Content.text("The blue one\n" + LINK));
            assertThat(said(carrying(can, picture), Adaptation.AS_LINK)).containsExactly(1);
        }
        assertThat(
                        carrying(
                                        TEXTS.with(
                                                "media.image", Support.full().values("image/png")),
                                        picture)
                                .problems())
                .isNotEmpty();
    }

    @Test
    @DisplayName("is refused where it would go with a link that no customer can open")
    void unreachableFiles() {
        var can = TEXTS.with("media.image", Support.of(Level.FALLBACK));
        for (var type : List.of("card", "carousel")) {
            can = can.with(type, Support.of(Level.FALLBACK));
        }
        var asked = can.with("choices", Support.full());
        var shown = new Content.Card("Shoe", null, picture(), List.of(Choice.of("s", "Small")));

        for (var content : List.of(picture(), shown, new Content.Carousel(List.of(shown)))) {
            for (var capabilities : List.of(can, asked)) {
                assertThat(Carrying.of(Part.of(content), capabilities, null).problems())
                        .singleElement()
                        .satisfies(problem ->
                                assertThat(problem.reason().text()).endsWith("set http.pages-url"));
                assertThat(carrying(capabilities, content).problems()).isEmpty();
            }
        }
        var bare = new Content.Card("Shoe", null, null, List.of(Choice.of("s", "Small")));
        assertThat(Carrying.of(Part.of(bare), can, null).problems()).isEmpty();
    }

    @Test
    @DisplayName("loses formatting that the channel does not show, and keeps where links lead")
    void plainText() {
        var plain = carrying(TEXTS, linked());
        assertThat(sent(plain))
                .containsExactly(Content.text("See our shop (https://shop.example/), Ada"));
        assertThat(said(plain, Adaptation.PLAIN)).containsExactly(1);
        assertThat(plain.parts().getFirst().content()).isEqualTo(linked());

        var bold = carrying(TEXTS.with("text.spans", Support.full().values("bold")), linked());
        assertThat(sent(bold))
                .containsExactly(
                        new Content.Text(
                                "See our shop (https://shop.example/), Ada",
                                List.of(
                                        Span.of(8, 4, Span.Kind.BOLD),
                                        Span.of(38, 3, Span.Kind.BOLD))));

        var all = carrying(TEXTS.with("text.spans", Support.full()), linked());
        assertThat(sent(all)).containsExactly(linked());
        assertThat(all.degraded().isNothing()).isTrue();
    }

    @Test
    @DisplayName("loses formatting in what a message is changed to, too")
    void plainEdits() {
        var edited = new Content.Edited(Part.of(linked()));

        var carrying = carrying(TEXTS.with("edited", Support.full()), edited);

        assertThat(sent(carrying))
                .containsExactly(
                        new Content.Edited(
                                Part.of(
                                        Content.text(
                                                "See our shop (https://shop.example/), Ada"))));
        assertThat(said(carrying, Adaptation.PLAIN)).containsExactly(1);
    }

    @Test
    @DisplayName("is cut where its text is too long for one message")
    void longFallbacks() {
        var can =
                Capabilities.NONE
                        .with("text", Support.of(Level.PARTIAL).length(12, Unit.UTF16))
                        .with("choices", Support.of(Level.FALLBACK));
        var asked =
                new Content.Choices(
                        "Which?", List.of(Choice.of("a", "Apple"), Choice.of("b", "Pear")));

        var carrying = carrying(can, asked);

        assertThat(sent(carrying))
                .containsExactly(
                        Content.text("Which?\n1. "),
                        Content.text("Apple\n2. "),
                        Content.text("Pear"));
        assertThat(carrying.degraded().cut()).containsExactly(List.of(1, 2, 3));
        assertThat(said(carrying, Adaptation.AS_TEXT)).containsExactly(1, 2, 3);
        assertThat(carrying.degraded().numbered()).hasSize(2);
        assertThat(carrying(can.with("text", Support.full().length(12, Unit.UTF16)), asked))
                .extracting(Carrying::problems)
                .isNotEqualTo(List.of());
    }

    @Test
    @DisplayName("is said so that it can be read back")
    void readBack() {
        var carrying =
                carrying(
                        TEXTS.with("media.image", Support.of(Level.FALLBACK)), linked(), picture());
        var said = Degraded.of(interaction(carrying.parts(), carrying.degraded().json()));

        assertThat(said.sent()).isEqualTo(carrying.degraded().sent());
        assertThat(said.parts())
                .isEqualTo(Map.of(Adaptation.PLAIN, Set.of(1), Adaptation.AS_LINK, Set.of(2)));
    }
}
