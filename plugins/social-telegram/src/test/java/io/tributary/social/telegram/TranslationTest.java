package io.tributary.social.telegram;

import static io.tributary.social.telegram.Documented.update;
import static io.tributary.social.telegram.Sample.inbound;
import static io.tributary.social.telegram.Sample.translated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Content.Media;
import io.tributary.model.Direction;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Span;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Malformed;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What updates become.
class TranslationTest {

    private static final String GROUP = "-1001234567890";
    private static final String REST = "social-telegram.message";

    static List<String> all() {
        return Documented.NAMES;
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("every kind of update becomes something that any agent app can show")
    void everyKind(String name) {
        assertThat(translated(update(name)))
                .isNotEmpty()
                .allSatisfy(inbound ->
                        assertThat(inbound.parts())
                                .allSatisfy(part ->
                                        assertThat(part.content().fallback()).isNotBlank()));
    }

    @Test
    @DisplayName("a text has its customer, time, id and bot")
    void text() {
        var inbound = inbound(Documented.TEXT);

        assertThat(inbound.line()).isEqualTo(Sample.BOT);
        assertThat(inbound.party().address()).isEqualTo(Sample.CUSTOMER);
        assertThat(inbound.party().name()).isEqualTo("Test Test Lastname");
        assertThat(inbound.party().identities())
                .containsExactly(Identity.byChannel("telegram.user", Sample.CUSTOMER));
        assertThat(inbound.occurredAt()).isEqualTo(Instant.ofEpochSecond(1441645532));
        assertThat(inbound.content()).isEqualTo(Content.text("/start"));
        assertThat(inbound.parts().getFirst().externalIds()).containsExactly("1111111:1365");
        assertThat(inbound.extensions())
                .containsEntry("social-telegram.username", Json.string("Test"));
    }

    @Test
    @DisplayName("a language, an answer and what was forwarded are told")
    void envelope() {
        assertThat(inbound(update("photo")).locale()).isEqualTo(Locale.GERMAN);
        assertThat(inbound(update("documented-reply")).inReplyTo()).isEqualTo("1111112:1334");
        assertThat(
                        inbound(update("documented-forward"))
                                .extensions()
                                .get("social-telegram.message")
                                .text())
                .contains("forward_from", "222222");
        assertThat(inbound(update("deep-link")).extensions())
                .containsEntry("social-telegram.start", Json.string("summer-ad"));
    }

    @Test
    @DisplayName("formatting is counted in UTF-16 units, and what leaves the text is passed over")
    void entities() {
        assertThat(spans("documented-entities"))
                .containsExactly(Span.of(9, 7, Span.Kind.ITALIC), Span.of(0, 4, Span.Kind.BOLD));
        assertThat(spans("all-entities"))
                .containsExactly(
                        Span.of(2, 2, Span.Kind.UNDERLINE),
                        new Span(7, 17, Span.Kind.LINK, "https://a.example"),
                        new Span(27, 12, Span.Kind.LINK, "mailto:me@a.example"),
                        new Span(40, 5, Span.Kind.MENTION, "@user"),
                        new Span(46, 4, Span.Kind.MENTION, "222222"),
                        new Span(51, 3, Span.Kind.CODE, "java"));
    }

    private static List<Span> spans(String name) {
        return ((Content.Text) inbound(update(name)).content()).spans();
    }

    @Test
    @DisplayName("a picture is fetched in its largest size, with what stands under it")
    void photo() {
        var part = inbound(update("photo")).parts().getFirst();

        assertThat(part.fetch()).isEqualTo("AwADBAADbXXXXXXXXXXXGBdhD2l6_XX");
        assertThat(part.content())
                .isEqualTo(
                        Media.pending(Media.Kind.IMAGE, "image/jpeg")
                                .measuring(150000, null)
                                .captioned("My invoice"));
    }

    @Test
    @DisplayName("each kind of file is shown as it was meant")
    void files() {
        var kinds =
                Map.of(
                        "documented-audio", Media.Kind.AUDIO,
                        "documented-voice", Media.Kind.VOICE,
                        "documented-document", Media.Kind.FILE,
                        "animation", Media.Kind.IMAGE,
                        "video", Media.Kind.VIDEO,
                        "video-note", Media.Kind.VIDEO,
                        "sticker", Media.Kind.STICKER,
                        "paid-media", Media.Kind.IMAGE);
        kinds.forEach((name, kind) -> {
            var parts = inbound(update(name)).parts();
            assertThat(parts).as(name).hasSize(1);
            assertThat(parts.getFirst().fetch()).as(name).isNotNull();
            assertThat(((Media) parts.getFirst().content()).kind()).as(name).isEqualTo(kind);
        });
        assertThat(((Media) inbound(update("documented-document")).content()).name())
                .isEqualTo("Testfile.pdf");
    }

    @Test
    @DisplayName("an album is one message, in the order of the chat")
    void album() {
        var whole = inbound(update("album-2"), update("album-1"));

        assertThat(whole.parts()).hasSize(2);
        assertThat(whole.parts())
                .extracting(part -> ((Media) part.content()).kind())
                .containsExactly(Media.Kind.IMAGE, Media.Kind.VIDEO);
        assertThat(whole.parts()).extracting(InboundPart::externalIds).doesNotHaveDuplicates();
        assertThat(((Media) whole.content()).caption()).isEqualTo("Both sides");
        assertThat(Sample.event(update("album-1")).piece().group())
                .isEqualTo(Sample.event(update("album-2")).piece().group());
        assertThat(Sample.event(update("edited-caption")).piece()).isNull();

        var forwarded = beside(update("album-1"), "\"forward_origin\":{\"type\":\"hidden_user\"}");
        assertThat(rest(inbound(update("album-2"), forwarded))).contains("hidden_user");
    }

    /// The same update with more in its message.
    private static String beside(String update, String members) {
        return update.replaceFirst(
                "\"message_id\"", Matcher.quoteReplacement(members + ",\"message_id\""));
    }

    private static String rest(Inbound inbound) {
        return inbound.extensions().get(REST).text();
    }

    @Test
    @DisplayName("what stands beside what a message says is kept, too")
    void besides() {
        var text = inbound(beside(Documented.TEXT, "\"hologram\":{\"depth\":3}"));
        assertThat(text.content()).isEqualTo(Content.text("/start"));
        assertThat(rest(text)).isEqualTo("{\"hologram\":{\"depth\":3}}");

        var unknown = inbound(beside(update("future-message"), "\"caption\":\"look\""));
        assertThat(unknown.content()).isInstanceOf(Content.Custom.class);
        assertThat(rest(unknown)).contains("\"caption\":\"look\"").doesNotContain("hologram");

        assertThat(inbound(update("venue")).extensions()).doesNotContainKey(REST);
        assertThat(inbound(update("animation")).extensions()).doesNotContainKey(REST);
    }

    @Test
    @DisplayName("who calls the bot as a guest is answered where they talk to it")
    void guest() {
        var guest = inbound(update("guest"));

        assertThat(guest.line()).isEqualTo(Sample.BOT);
        assertThat(guest.party().address()).isEqualTo(Sample.CUSTOMER);
        assertThat(guest.party().identities())
                .containsExactly(Identity.byChannel("telegram.user", Sample.CUSTOMER));
        assertThat(guest.actor()).isNull();
        assertThat(guest.thread()).isNull();
        assertThat(guest.content()).isEqualTo(Content.text("@support_bot are you open?"));
        assertThat(guest.parts().getFirst().externalIds())
                .containsExactly("guest:-1009876543210:77");
        assertThat(guest.inReplyTo()).isEqualTo("guest:-1009876543210:76");
        assertThat(rest(guest)).contains("guest-query-1", "Strangers");

        var nobody = inbound(update("guest").replace("\"from\"", "\"sender_tag\""));
        assertThat(nobody.party()).isNull();
    }

    @Test
    @DisplayName("places, contacts and forms keep what they say")
    void others() {
        assertThat(inbound(update("location")).content())
                .isEqualTo(
                        new Content.Location(
                                52.520008,
                                13.404954,
                                12.5,
                                null,
                                null,
                                Instant.ofEpochSecond(1441645532 + 900)));
        assertThat(((Content.Location) inbound(update("venue")).content()).name())
                .isEqualTo("Television tower");
        assertThat(((Content.ContactCard) inbound(update("contact")).content()).reach())
                .extracting(Content.ContactCard.Reach::value)
                .containsExactly("+4915112345678", Sample.CUSTOMER);
        assertThat(((Content.FormSubmitted) inbound(update("web-app")).content()).values())
                .containsEntry("button", Json.string("Book"));
    }

    @Test
    @DisplayName("a group is one end; who wrote in it is told, and in which topic")
    void group() {
        var inbound = inbound(update("group"));

        assertThat(inbound.party().address()).isEqualTo(GROUP);
        assertThat(inbound.party().identities()).isEmpty();
        assertThat(inbound.actor())
                .isEqualTo(
                        new Actor(
                                Actor.Kind.CUSTOMER,
                                Sample.CUSTOMER,
                                "Test Firstname Test Lastname"));
        assertThat(inbound.thread()).isEqualTo("55");
        assertThat(inbound(update("group-admin")).actor().id()).isEqualTo(GROUP);
        assertThat(inbound(update("channel-post")).party().name()).isEqualTo("News");
    }

    @Test
    @DisplayName("a group that becomes a supergroup stays the same end")
    void migration() {
        for (var name : List.of("migrate-to", "migrate-from")) {
            var party = inbound(update(name)).party();
            assertThat(party.address()).as(name).isEqualTo(GROUP);
            assertThat(party.aliases()).as(name).isEqualTo(Set.of("-4567"));
        }
    }

    @Test
    @DisplayName("an edit is about the message and says all that it says now")
    void edited() {
        var text = inbound(update("documented-edited"));
        assertThat(text.target()).isEqualTo(Target.external("1111111:1365"));
        assertThat(said(text)).isEqualTo(Content.text("Edited text"));
        assertThat(text.occurredAt()).isEqualTo(Instant.ofEpochSecond(1441646600));

        var caption = inbound(update("edited-caption"));
        assertThat(said(caption)).isEqualTo(Content.text("Other words"));
        assertThat(caption.parts().getLast().fetch()).isNotNull();

        assertThat(said(inbound(update("location-moved")))).isInstanceOf(Content.Location.class);
    }

    private static Content said(Inbound inbound) {
        return ((Content.Edited) inbound.content()).parts().getFirst().content();
    }

    @Test
    @DisplayName("reactions are what changed")
    void reactions() {
        var inbound = inbound(update("reaction"));

        assertThat(inbound.target()).isEqualTo(Target.external("1111111:71"));
        assertThat(inbound.parts())
                .extracting(InboundPart::content)
                .containsExactly(
                        new Content.Reaction("👎", false),
                        new Content.Reaction("👍", true),
                        new Content.Reaction("custom:5368", true),
                        new Content.Reaction("⭐", true));
    }

    @Test
    @DisplayName("a pressed button is a choice, with its label while the message can be seen")
    void callbacks() {
        var inbound = inbound(update("callback"));
        assertThat(inbound.content()).isEqualTo(new Content.ChoiceMade("l", "Large"));
        assertThat(inbound.inReplyTo()).isEqualTo("1111111:72");

        var old = inbound(update("callback-old"));
        assertThat(old.content()).isEqualTo(new Content.ChoiceMade("s", "s"));
        assertThat(old.party().address()).isEqualTo(GROUP);

        var inline = inbound(update("documented-callback"));
        assertThat(inline.party().address()).isEqualTo(Sample.CUSTOMER);
        assertThat(inline.content().type()).isEqualTo("choiceMade");
        assertThat(inbound(update("callback-game")).content()).isInstanceOf(Content.Custom.class);
    }

    @Test
    @DisplayName("who blocks the bot wants nothing more, until it is let in again")
    void consent() {
        assertThat(inbound(update("blocked")).content())
                .isEqualTo(new Content.Consent("messages", false));
        assertThat(inbound(update("unblocked")).content())
                .isEqualTo(new Content.Consent("messages", true));
        assertThat(inbound(update("restricted")).content())
                .isEqualTo(custom("my_chat_member", inbound(update("restricted"))));
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "left, member, true",
        "left, administrator, true",
        "kicked, creator, true",
        "left, in, true",
        "out, member, true",
        "out, in, true",
        "member, out, false",
        "in, out, false",
        "in, left, false",
        "administrator, kicked, false",
        "left, kicked, false",
        "member, administrator,",
        "administrator, member,",
        "in, member,",
        "member, in,",
        "unheard of, member,",
        "member, unheard of,",
    })
    @DisplayName("only who lets the bot in or out says something of consent")
    void memberships(String before, String now, @Nullable Boolean granted) {
        var update =
                "{\"update_id\":1,\"my_chat_member\":{\"chat\":{\"id\":-100},\"old_chat_member\":%s,\"new_chat_member\":%s}}"
                        .formatted(member(before), member(now));
        var content = inbound(update).content();
        if (granted == null) {
            assertThat(content).isInstanceOf(Content.Custom.class);
        } else {
            assertThat(content).isEqualTo(new Content.Consent("messages", granted));
        }
    }

    /// Restricted, but there or not; or as it is called.
    private static String member(String status) {
        return switch (status) {
            case "in", "out" ->
                    "{\"status\":\"restricted\",\"is_member\":%s}".formatted(status.equals("in"));
            default -> "{\"status\":\"%s\"}".formatted(status);
        };
    }

    @Test
    @DisplayName("business chats have a line of their own, on which the owner is our side")
    void business() {
        var customer = inbound(update("business-customer"));
        assertThat(customer.line()).isEqualTo("business:aBcDeF-1");
        assertThat(customer.direction()).isEqualTo(Direction.INBOUND);
        assertThat(customer.parts().getFirst().externalIds().getFirst())
                .startsWith("aBcDeF-1:1111111:");

        var owner = inbound(update("business-owner"));
        assertThat(owner.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(owner.actor()).isEqualTo(Actor.agent("3333333", "Owner"));
        assertThat(owner.party().address()).isEqualTo(Sample.CUSTOMER);
        assertThat(inbound(update("business-bot")).actor().kind()).isEqualTo(Actor.Kind.BOT);
        assertThat(customer.locale()).isEqualTo(Locale.GERMAN);
        var speaking =
                update("business-owner").replace("\"Owner\"", "\"Owner\",\"language_code\":\"en\"");
        assertThat(inbound(speaking).actor()).isEqualTo(owner.actor());
        assertThat(inbound(speaking).locale()).isNull();

        assertThat(translated(update("business-deleted")))
                .extracting(Inbound::target)
                .containsExactly(
                        Target.external("aBcDeF-1:1111111:1401"),
                        Target.external("aBcDeF-1:1111111:1402"));
        assertThat(inbound(update("business-connection")).party()).isNull();
    }

    @Test
    @DisplayName("the owner who presses a button in a business chat is not the customer")
    void ownerPresses() {
        var pressed =
                update("callback")
                        .replace(
                                "\"message_id\"",
                                "\"business_connection_id\":\"aBcDeF-1\",\"message_id\"");
        var customer = inbound(pressed);
        assertThat(customer.direction()).isEqualTo(Direction.INBOUND);
        assertThat(customer.line()).isEqualTo("business:aBcDeF-1");
        assertThat(customer.locale()).isEqualTo(Locale.GERMAN);

        var owner = inbound(pressed.replaceFirst("1111111", "3333333"));
        assertThat(owner.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(owner.actor().kind()).isEqualTo(Actor.Kind.AGENT);
        assertThat(owner.actor().id()).isEqualTo("3333333");
        assertThat(owner.party().address()).isEqualTo(Sample.CUSTOMER);
        assertThat(owner.locale()).isNull();
    }

    @Test
    @DisplayName(
            "what this version does not know is custom content with a fallback, where it belongs")
    void unknown() {
        var message = inbound(update("future-message"));
        assertThat(message.party().address()).isEqualTo(Sample.CUSTOMER);
        assertThat(message.content()).isEqualTo(custom("hologram", message));

        var update = inbound(update("future"));
        assertThat(update.party().address()).isEqualTo(Sample.CUSTOMER);
        assertThat(update.content()).isEqualTo(custom("telepathy", update));

        assertThat(inbound(update("future-plain")).party()).isNull();
        assertThat(inbound(update("poll-answer")).content().fallback())
                .isEqualTo("Voted in a poll");
        assertThat(inbound(update("dice")).content().fallback()).isEqualTo("Threw 🎲 4");
    }

    private static Content custom(String name, Inbound inbound) {
        var custom = (Content.Custom) inbound.content();
        assertThat(custom.data().text()).startsWith("{");
        return new Content.Custom("social-telegram." + name, custom.data(), custom.fallback());
    }

    @Test
    @DisplayName("what is no update is a dead letter, and says nothing of what stood in it")
    void noUpdate() {
        for (var body :
                List.of("", "null", "[]", "{}", "{\"update_id\":1}", "{\"a\":1}", "secret words")) {
            var event = Sample.event(body);
            assertThat(event.kind()).as(body).isEqualTo(UpdateReader.UNREADABLE);
            assertThatThrownBy(() ->
                            new Translation(Lines.ofToken(Sample.TOKEN))
                                    .of(Arrival.of(event, Sample.NOW)))
                    .isInstanceOf(Malformed.class)
                    .hasMessageNotContaining("secret words");
        }
    }

    @Test
    @DisplayName("the same update is the same by both ways; another under its number is not")
    void sameness() {
        var first = Sample.event(Documented.TEXT);
        assertThat(Sample.event(Documented.TEXT.replaceAll("\\s+", " ")).dedupe())
                .isEqualTo(first.dedupe());
        assertThat(Sample.event(Documented.TEXT.replace("1441645532", "1541645532")).dedupe())
                .isNotEqualTo(first.dedupe());
    }
}
