package io.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final MediaId MEDIA = new MediaId(new UUID(1, 2));
    private static final Reason BUSY = Reason.of("486", "busy");

    static Stream<Arguments> catalogue() {
        return Stream.of(
                of(Content.text("Hello"), "text", "Hello"),
                of(Content.text(" "), "text", "[empty message]"),
                of(image(), "media.image", "[image]"),
                of(image().named("cat.jpg"), "media.image", "[image] cat.jpg"),
                of(image().captioned("My cat"), "media.image", "My cat"),
                of(Content.location(47.07, 15.44), "location", "[location] 47.07, 15.44"),
                of(card("Ada"), "contactCard", "[contact] Ada"),
                of(choices(), "choices", "Which size?\n- Small\n- Large"),
                of(new Content.ChoiceMade("s", "Small"), "choiceMade", "Small"),
                of(new Content.ChoiceMade("s", ""), "choiceMade", "s"),
                of(shoe(), "card", "Shoe\nBlue\n- Buy"),
                of(new Content.Carousel(List.of(shoe())), "carousel", "Shoe\nBlue\n- Buy"),
                of(form(), "form", "How was it?"),
                of(new Content.FormSubmitted("f", Map.of()), "formSubmitted", "[form submitted] f"),
                of(
                        new Content.Template("hi", Locale.GERMAN, Map.of()),
                        "template",
                        "[template] hi"),
                of(order(), "order", "[order] 2 x Shoe, 1 x sku-2"),
                of(
                        new Content.Transcript("Good day", Actor.Kind.CUSTOMER, true),
                        "transcript",
                        "Good day"),
                of(
                        Content.reading("8867-4", new BigDecimal("7.2E1"), "/min", NOON),
                        "reading",
                        "[8867-4] 72 /min"),
                of(
                        new Content.Alert("fall", Content.Alert.Severity.URGENT, "In the hall"),
                        "alert",
                        "[fall] In the hall"),
                of(new Content.Tap("b1", "Help"), "tap", "Help"),
                of(new Content.Scan("qr", "x"), "scan", "[scan] x"),
                of(
                        new Content.Visit(Content.Visit.Event.CHECKED_IN, "Graz"),
                        "visit",
                        "[visit checked in] Graz"),
                of(
                        new Content.Call(Content.Call.Event.ENDED, 3, Duration.ofSeconds(61), BUSY),
                        "call",
                        "[call ended after 61 s] busy"),
                of(
                        new Content.CallOrder(Content.CallOrder.Action.HANG_UP, null),
                        "callOrder",
                        "[call: hang up]"),
                of(new Content.Consent("marketing", false), "consent", "[forbidden] marketing"),
                of(new Content.Reaction("\uD83D\uDC4D", true), "reaction", "\uD83D\uDC4D"),
                of(new Content.Edited(Part.of(Content.text("Better"))), "edited", "Better"),
                of(new Content.Deleted(), "deleted", "[deleted]"),
                of(Content.failed(BUSY), "receipt", "[failed] busy"),
                of(
                        new Content.MediaStored(MEDIA, "image/png", 3, "ab"),
                        "mediaStored",
                        "[media stored]"),
                of(new Content.MediaFailed(MEDIA, BUSY), "mediaFailed", "[media failed] busy"),
                of(Content.note("Look twice"), "note", "Look twice"),
                of(
                        new Content.Handover(Actor.bot("b", null), Actor.agent("a", null), "angry"),
                        "handover",
                        "[handed over to agent] angry"),
                of(
                        new Content.Changed(Content.Changed.What.CLOSED, Map.of()),
                        "changed",
                        "[closed]"),
                of(Content.custom("pager.beep", Json.OBJECT, "Beep"), "custom.pager.beep", "Beep"),
                of(
                        new Content.Custom("hologram", Json.OBJECT, "[hologram]"),
                        "hologram",
                        "[hologram]"));
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void everyContentHasANameAndAPlainText(Content content, String capability, String fallback) {
        assertThat(content.capability()).isEqualTo(capability);
        assertThat(content.type()).isEqualTo(capability.split("\\.", 2)[0]);
        assertThat(content.fallback()).isEqualTo(fallback);
    }

    @Test
    @DisplayName("the catalogue above leaves no content out")
    void catalogueIsComplete() {
        var seen = catalogue().map(entry -> entry.get()[0].getClass()).distinct().toList();

        assertThat(seen)
                .extracting(type -> (Object) type)
                .containsExactlyInAnyOrder((Object[]) Content.class.getPermittedSubclasses());
    }

    @Test
    void aSpanStaysInsideItsText() {
        var word = Span.of(6, 5, Span.Kind.BOLD);

        assertThat(new Content.Text("Hello world", List.of(word)).spans()).containsExactly(word);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Content.Text("Hello", List.of(word)))
                .withMessage("a span must not leave its text");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Content.Text(
                                "Hello", List.of(Span.of(1, Integer.MAX_VALUE, Span.Kind.BOLD))));
    }

    @Test
    void aNumberThatWouldFillTheMemoryIsRefused() {
        var absurd = new BigDecimal("1e999999999");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Content.reading("8867-4", absurd, "/min", NOON));
    }

    @Test
    void aChannelsOwnContentNeedsADotInItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Content.custom("beep", Json.OBJECT, "Beep"))
                .withMessageContaining("pager.priority");
    }

    @Test
    void anAlertRaisesItsConversationFromUrgentOn() {
        assertThat(new Content.Alert("sos", Content.Alert.Severity.CRITICAL, "").raises()).isTrue();
        assertThat(new Content.Alert("sos", Content.Alert.Severity.URGENT, "").raises()).isTrue();
        assertThat(new Content.Alert("sos", Content.Alert.Severity.WARNING, "").raises()).isFalse();
    }

    @Test
    void aPlaceIsOnThisPlanet() {
        assertThatIllegalArgumentException().isThrownBy(() -> Content.location(90.1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Content.location(0, -180.1));
        assertThatIllegalArgumentException().isThrownBy(() -> Content.location(Double.NaN, 0));
    }

    private static Arguments of(Content content, String capability, String fallback) {
        return arguments(content, capability, fallback);
    }

    private static Content.Media image() {
        return Content.Media.pending(Content.Media.Kind.IMAGE, "image/jpeg");
    }

    private static Content card(String name) {
        return new Content.ContactCard(name, null, List.of());
    }

    private static Content choices() {
        return Content.choices("Which size?", Choice.of("s", "Small"), Choice.of("l", "Large"));
    }

    private static Content.Card shoe() {
        return new Content.Card("Shoe", "Blue", null, List.of(Choice.of("buy", "Buy")));
    }

    private static Content form() {
        var stars =
                new Content.Form.Field(
                        "stars", "Stars", Content.Form.Input.NUMBER, true, List.of());
        return new Content.Form("f", "How was it?", List.of(stars));
    }

    private static Content order() {
        return new Content.Order(
                null,
                "EUR",
                List.of(
                        new Content.Order.Item("sku-1", "Shoe", 2, new BigDecimal("19.90")),
                        new Content.Order.Item("sku-2", null, 1, null)),
                null);
    }
}
