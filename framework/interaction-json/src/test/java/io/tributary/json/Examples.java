package io.tributary.json;

import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.ChannelId;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import io.tributary.model.MediaId;
import io.tributary.model.Part;
import io.tributary.model.PluginVersion;
import io.tributary.model.Reason;
import io.tributary.model.Span;
import io.tributary.model.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One full example of every content, and interactions around them, by the names of their golden
/// files.
final class Examples {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final MediaId MEDIA = MediaId.of("01a200f5-da62-7000-ac19-6154ff7987a1");
    private static final InteractionId OTHER =
            InteractionId.of("01a200f5-da63-7000-8761-007b58e090e2");
    private static final Reason REASON = Reason.of("busy", "The line was busy");

    private Examples() {}

    static Map<String, Content> contents() {
        var all = new LinkedHashMap<String, Content>();
        all.put(
                "text",
                new Content.Text(
                        "Hello Ada, see our shop",
                        List.of(
                                new Span(6, 3, Span.Kind.MENTION, "u-7"),
                                new Span(19, 4, Span.Kind.LINK, "https://shop.example/"))));
        all.put("media", image().captioned("The blue one").measuring(20_480, "ab".repeat(32)));
        all.put(
                "media-pending",
                Content.Media.pending(Content.Media.Kind.VOICE, "audio/ogg").named("note.ogg"));
        all.put(
                "location",
                new Content.Location(47.0707, 15.4395, 12.5, "Clock tower", "Graz", NOON));
        all.put(
                "contactCard",
                new Content.ContactCard(
                        "Ada",
                        "Analytical Engines",
                        List.of(new Content.ContactCard.Reach("phone", "+43316000", "work"))));
        all.put("choices", new Content.Choices("Which size?", sizes()));
        all.put("choiceMade", new Content.ChoiceMade("s", "Small"));
        all.put("card", shoe());
        all.put("carousel", new Content.Carousel(List.of(shoe(), shoe())));
        all.put("form", form());
        all.put(
                "formSubmitted",
                new Content.FormSubmitted(
                        "visit", Map.of("stars", new Json("{\"value\":4.50,\"of\":[5,null]}"))));
        all.put(
                "template",
                new Content.Template(
                        "appointment", Locale.forLanguageTag("de-AT"), Map.of("1", "Monday")));
        all.put("order", order());
        all.put("transcript", new Content.Transcript("Good day", Actor.Kind.AGENT, true));
        all.put("reading", reading());
        all.put(
                "alert",
                new Content.Alert("fall", Content.Alert.Severity.CRITICAL, "Fell in the hall"));
        all.put("tap", new Content.Tap("help", "Help me"));
        all.put("scan", new Content.Scan("ean-13", "9001234567894"));
        all.put("visit", new Content.Visit(Content.Visit.Event.CHECKED_IN, "graz-1"));
        all.put(
                "call",
                new Content.Call(Content.Call.Event.ENDED, 4, Duration.ofMillis(61_500), REASON));
        all.put("callOrder", new Content.CallOrder(Content.CallOrder.Action.TRANSFER, "+43316001"));
        all.put("consent", new Content.Consent("marketing", false));
        all.put("reaction", new Content.Reaction("\uD83D\uDC4D", true));
        all.put("edited", new Content.Edited(Part.of(Content.text("Better"), image())));
        all.put("deleted", new Content.Deleted());
        all.put("receipt", new Content.Receipt(Content.Receipt.Status.FAILED, REASON));
        all.put("mediaStored", new Content.MediaStored(MEDIA, "image/jpeg", 3, "cd".repeat(32)));
        all.put("mediaFailed", new Content.MediaFailed(MEDIA, REASON));
        all.put("note", new Content.Note("Prefers mornings"));
        all.put(
                "handover",
                new Content.Handover(
                        Actor.bot("b-1", "Robot"), Actor.agent("a-1", "Grace"), "Wants a person"));
        all.put(
                "changed",
                new Content.Changed(Content.Changed.What.CLAIMED, Map.of("agent", "a-1")));
        all.put(
                "custom",
                Content.custom("pager.priority", new Json("{\"level\":3}"), "Priority 3"));
        all.put(
                "of-a-newer-build",
                new Content.Custom(
                        "hologram",
                        new Json(
                                "{\"type\":\"hologram\",\"depth\":3.10,\"fallback\":\"A hologram\"}"),
                        "A hologram"));
        return all;
    }

    static Map<String, Interaction> interactions() {
        var all = new LinkedHashMap<String, Interaction>();
        all.put("interaction", full());
        all.put(
                "interaction-notice",
                Interaction.builder()
                        .id(OTHER)
                        .channel(ChannelId.of("pager"))
                        .account(AccountId.of("pager-us"))
                        .direction(Direction.INTERNAL)
                        .receivedAt(NOON)
                        .contents(new Content.Alert("quota", Content.Alert.Severity.INFO, "Low"))
                        .build());
        all.put(
                "interaction-receipt",
                full().toBuilder()
                        .target(Target.external("msg-1"))
                        .inReplyTo(null)
                        .extensions(Map.of())
                        .contents(Content.receipt(Content.Receipt.Status.DELIVERED))
                        .fallbackText(null)
                        .build());
        all.put(
                "interaction-read-until",
                full().toBuilder()
                        .target(new Target.Until(NOON, "member-2"))
                        .contents(Content.receipt(Content.Receipt.Status.READ))
                        .build());
        return all;
    }

    static Interaction full() {
        return Interaction.builder()
                .id(InteractionId.of("01a200f5-da63-7001-bf5d-e3d8995899c1"))
                .conversation(ConversationId.of("01a200f5-da63-7002-80e3-9d4c1a3ac1f0"))
                .customer(CustomerId.of("01a200f5-da63-7003-9a71-54e0aa2fd0b7"))
                .channel(ChannelId.of("pager"))
                .account(AccountId.of("pager-us"))
                .line("+18005550100")
                .address("+18005550199")
                .direction(Direction.INBOUND)
                .actor(new Actor(Actor.Kind.CUSTOMER, "u-7", "Ada"))
                .occurredAt(NOON.minusMillis(1500))
                .receivedAt(NOON.plusNanos(123_456_789))
                .target(new Target.Known(OTHER, 2, "member-1"))
                .inReplyTo(Target.known(OTHER))
                .thread("t-1")
                .locale(Locale.forLanguageTag("de-AT"))
                .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .plugin(new PluginVersion("pager", "1.4.0"))
                .replayed(true)
                .possibleDuplicate(true)
                .extension("pager.raw", new Json("{\"level\":3,\"rate\":1.50}"))
                .contents(Content.text("Hello"), image())
                .build();
    }

    private static Content.Media image() {
        return Content.Media.stored(Content.Media.Kind.IMAGE, MEDIA, "image/jpeg");
    }

    private static List<Choice> sizes() {
        return List.of(
                Choice.of("s", "Small").describedAs("up to 38").under("Shoes"),
                Choice.of("web", "More").leadingTo("https://shop.example/"));
    }

    private static Content.Card shoe() {
        return new Content.Card("Shoe", "In blue", image(), sizes());
    }

    private static Content form() {
        return new Content.Form(
                "visit",
                "How was it?",
                List.of(
                        new Content.Form.Field(
                                "stars", "Stars", Content.Form.Input.NUMBER, true, List.of()),
                        new Content.Form.Field(
                                "why", "Why?", Content.Form.Input.LONG_TEXT, false, List.of()),
                        new Content.Form.Field(
                                "size", "Size", Content.Form.Input.CHOICE, false, sizes())));
    }

    private static Content order() {
        return new Content.Order(
                "autumn",
                "EUR",
                List.of(
                        new Content.Order.Item("sku-1", "Shoe", 2, new BigDecimal("19.90")),
                        new Content.Order.Item("sku-2", null, 1, null)),
                "As a present");
    }

    private static Content reading() {
        return new Content.Reading(
                "8867-4",
                new BigDecimal("72.50"),
                "/min",
                NOON.minusSeconds(60),
                NOON,
                new Content.Reading.Spread(new BigDecimal("60"), new BigDecimal("9E1"), 60),
                "watch-1");
    }
}
