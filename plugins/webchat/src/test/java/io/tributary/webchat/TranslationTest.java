package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTest {

    private static final String MEDIA = "01890a5d-ac96-774b-bcce-b302099a8057";

    private static final Guest ANONYMOUS = new Guest("visitor-1", Sample.LINE, "de", null);

    private static Inbound of(String frame) {
        return of(ANONYMOUS, frame);
    }

    private static Inbound of(Guest guest, String frame) {
        var event = RawEvent.of("said", Bytes.utf8(frame), Dedupe.key("k")).notes(guest.notes());
        return Translation.of(Arrival.of(event, Sample.NOW)).getFirst();
    }

    private static String frame(String type, String more) {
        return "{\"t\":\"%s\",\"id\":\"id-00001\"%s}".formatted(type, more);
    }

    @Test
    @DisplayName("a text keeps its page, language, time, invitation and the widget's id")
    void text() {
        var inbound =
                of(
                        frame(
                                "say",
                                ",\"text\":\"Hi\",\"at\":1767268800123,\"page\":\"https://www.example.com/a\",\"invitation\":\"prices\""));

        assertThat(inbound.content()).isEqualTo(Content.text("Hi"));
        assertThat(inbound.line()).isEqualTo(Sample.LINE);
        assertThat(inbound.locale()).isEqualTo(Locale.GERMAN);
        assertThat(inbound.occurredAt()).isEqualTo(Instant.ofEpochMilli(1767268800123L));
        assertThat(inbound.parts().getFirst().externalIds()).containsExactly("visitor-1 id-00001");
        assertThat(inbound.extensions())
                .containsOnly(
                        Map.entry("webchat.id", Json.string("id-00001")),
                        Map.entry("webchat.page", Json.string("https://www.example.com/a")),
                        Map.entry("webchat.invitation", Json.string("prices")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000_000_000L, 9_000_000_000_000L, Long.MAX_VALUE})
    @DisplayName("a clock that is off by years is not believed")
    void clocks(long millis) {
        assertThat(of(frame("say", ",\"text\":\"Hi\",\"at\":" + millis)).occurredAt()).isNull();
    }

    @Test
    @DisplayName(
            "what the site vouches for is evidence, what the token does not call verified a claim")
    void signedIn() {
        var user =
                new SiteTokens.User("u-17", "Ada", "ada@example.com", true, "+4930123456", false);
        var party =
                Objects.requireNonNull(
                        of(
                                        new Guest("visitor-1", Sample.LINE, null, user),
                                        frame("say", ",\"text\":\"Hi\""))
                                .party());

        assertThat(party.name()).isEqualTo("Ada");
        assertThat(party.address()).isEqualTo("visitor-1");
        assertThat(party.identities())
                .containsExactly(
                        Identity.byChannel("webchat", "visitor-1"),
                        Identity.byChannel("site.user", "u-17"),
                        Identity.byChannel("email", "ada@example.com"),
                        Identity.claimed("phone", "+4930123456"));
    }

    @Test
    @DisplayName("what the form before the chat says is a form, a name and a claim")
    void lead() {
        var inbound =
                of(
                        frame(
                                "fill",
                                ",\"form\":\"webchat.lead\",\"values\":{\"name\":\"Bob\",\"email\":\"Bob@Example.com\",\"company\":\"ACME\",\"n\":3,\"yes\":true,\"some\":[\"a\"]}"));
        var party = Objects.requireNonNull(inbound.party());

        assertThat(inbound.content())
                .isEqualTo(
                        new Content.FormSubmitted(
                                "webchat.lead",
                                Map.of(
                                        "name", Json.string("Bob"),
                                        "email", Json.string("Bob@Example.com"),
                                        "company", Json.string("ACME"),
                                        "n", Json.number(3),
                                        "yes", Json.TRUE,
                                        "some", Json.of("[\"a\"]"))));
        assertThat(party.name()).isEqualTo("Bob");
        assertThat(party.identities()).contains(Identity.claimed("email", "bob@example.com"));
    }

    @Test
    @DisplayName("another form names nobody, and no address that is typed is believed")
    void otherForms() {
        var inbound =
                of(
                        frame(
                                "fill",
                                ",\"form\":\"size\",\"values\":{\"name\":\"Bob\",\"email\":\"no address\"},\"of\":\"i-1\""));
        var party = Objects.requireNonNull(inbound.party());

        assertThat(party.name()).isNull();
        assertThat(party.identities()).hasSize(1);
        assertThat(inbound.inReplyTo()).isEqualTo("i-1");
    }

    @Test
    @DisplayName("a choice answers what offered it")
    void chosen() {
        var inbound = of(frame("choose", ",\"choice\":\"c1\",\"label\":\"Red\",\"of\":\"i-1\""));

        assertThat(inbound.content()).isEqualTo(new Content.ChoiceMade("c1", "Red"));
        assertThat(inbound.inReplyTo()).isEqualTo("i-1");
    }

    @Test
    @DisplayName("only still pictures are pictures")
    void files() {
        var body =
                ",\"media\":\""
                        + MEDIA
                        + "\",\"grant\":\"g\",\"name\":\"a\",\"bytes\":5,\"type\":\"";

        assertThat(kind(frame("file", body + "image/png\""))).isEqualTo(Content.Media.Kind.IMAGE);
        assertThat(kind(frame("file", body + "image/svg+xml\"")))
                .isEqualTo(Content.Media.Kind.FILE);
        assertThat(kind(frame("file", body + "text/html\""))).isEqualTo(Content.Media.Kind.FILE);
        assertThat(kind(frame("file", body + "video/mp4\""))).isEqualTo(Content.Media.Kind.VIDEO);
        assertThat(kind(frame("file", body + "audio/ogg\""))).isEqualTo(Content.Media.Kind.AUDIO);
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> of(frame("file", body.replace(MEDIA, "x") + "image/png\"")));
    }

    private static Content.Media.Kind kind(String frame) {
        return ((Content.Media) of(frame).content()).kind();
    }

    @Test
    @DisplayName(
            "a wish for the transcript is a content of the channel's own, with the address as a claim")
    void transcript() {
        var inbound = of(frame("transcript", ",\"email\":\"a@b.example\""));

        assertThat(inbound.content())
                .isEqualTo(
                        Content.custom(
                                "webchat.transcript",
                                Json.of("{\"email\":\"a@b.example\"}"),
                                "[transcript] Please send this chat to a@b.example"));
        assertThat(Objects.requireNonNull(inbound.party()).identities())
                .contains(Identity.claimed("email", "a@b.example"));
    }

    @Test
    @DisplayName("an end ends the conversation, and a read mark is a receipt up to a time")
    void endAndRead() {
        var until = Instant.parse("2026-01-01T11:59:59.123456Z");

        assertThat(of(frame("end", "")).content())
                .isEqualTo(new Content.Visit(Content.Visit.Event.ENDED, null));
        var read = of("{\"t\":\"read\",\"until\":\"" + until + "\"}");
        assertThat(read.content()).isEqualTo(Content.receipt(Content.Receipt.Status.READ));
        assertThat(read.target()).isEqualTo(Target.until(until));
        assertThat(read.party()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"t\":\"ping\"}", "{\"t\":\"typing\"}", "{\"t\":\"got\",\"key\":\"k\"}"})
    @DisplayName("what is never kept is no event")
    void neverKept(String frame) {
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> of(frame));
    }
}
