package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Fields;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTest {

    @Test
    @DisplayName("a text comes from the customer's number to ours, word for word")
    void texts() {
        var inbound = message(Signed.with(Signed.TEXT, "FromCity", "Zürich"));

        assertThat(inbound.content()).isEqualTo(Content.text("héllo & 👍 "));
        assertThat(inbound.line()).isEqualTo("+15005550006");
        assertThat(inbound.direction()).isEqualTo(Direction.INBOUND);
        var party = Objects.requireNonNull(inbound.party());
        assertThat(party.address()).isEqualTo("+15551230001");
        assertThat(party.identities()).containsExactly(Identity.byChannel("phone", "+15551230001"));
        assertThat(inbound.parts().getFirst().externalIds()).containsExactly("SM1");
        assertThat(inbound.extensions())
                .containsExactly(
                        Map.entry("sms-twilio.fields", Json.of("{\"FromCity\":\"Zürich\"}")));
    }

    @Test
    @DisplayName("media wait to be fetched, behind the words")
    void media() {
        var form =
                Signed.with(Signed.TEXT, "NumMedia", "2")
                        .with("MediaUrl0", "https://api.twilio.com/a")
                        .with("MediaContentType0", "image/jpeg")
                        .with("MediaUrl1", "https://api.twilio.com/b");

        var parts = message(form).parts();

        assertThat(parts).hasSize(3);
        assertThat(parts.get(1))
                .isEqualTo(
                        InboundPart.of(
                                        Content.Media.pending(
                                                Content.Media.Kind.IMAGE, "image/jpeg"))
                                .id("SM1")
                                .fetch("https://api.twilio.com/a"));
        assertThat(parts.get(2).content())
                .isEqualTo(Content.Media.pending(Content.Media.Kind.FILE, null));
    }

    @Test
    @DisplayName("a picture without words has no empty text beside it")
    void mediaAlone() {
        var form =
                Signed.with(Signed.with(Signed.TEXT, "NumMedia", "1"), "Body", "")
                        .with("MediaUrl0", "https://api.twilio.com/a")
                        .with("MediaContentType0", "video/mp4");

        assertThat(message(form).parts())
                .singleElement()
                .satisfies(part ->
                        assertThat(part.content())
                                .isEqualTo(
                                        Content.Media.pending(
                                                Content.Media.Kind.VIDEO, "video/mp4")));
        assertThat(message(Signed.with(Signed.TEXT, "Body", "")).content())
                .isEqualTo(Content.text(""));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"STOP, false", "START, true", "stop, false", "HELP, -", "OTHER, -"})
    @DisplayName("STOP and START are consent beside the words, HELP is words alone")
    void consent(String type, @Nullable Boolean granted) {
        var parts = message(Signed.TEXT.with("OptOutType", type)).parts();

        assertThat(parts.getFirst().content()).isInstanceOf(Content.Text.class);
        assertThat(parts.subList(1, parts.size()).stream().map(InboundPart::content).toList())
                .isEqualTo(
                        granted == null
                                ? List.of()
                                : List.of(new Content.Consent("messages", granted)));
        assertThat(extension(message(Signed.TEXT.with("OptOutType", type))))
                .contains("\"OptOutType\":\"" + type + '"');
    }

    @Test
    @DisplayName("fields of WhatsApp are kept; its number joins the customer, its place is a place")
    void whatsApp() {
        var form =
                Signed.with(Signed.TEXT, "From", "whatsapp:+15551230001")
                        .with("ProfileName", "Ada")
                        .with("WaId", "15551230001")
                        .with("OriginalRepliedMessageSid", "SM0")
                        .with("Latitude", "51.5")
                        .with("Longitude", "-0.25")
                        .with("Label", "Office")
                        .with("ChannelMetadata", "{\"type\":\"whatsapp\"}");

        var inbound = message(form);

        var party = Objects.requireNonNull(inbound.party());
        assertThat(party.address()).isEqualTo("whatsapp:+15551230001");
        assertThat(party.name()).isEqualTo("Ada");
        assertThat(party.identities()).containsExactly(Identity.byChannel("phone", "+15551230001"));
        assertThat(inbound.inReplyTo()).isEqualTo("SM0");
        assertThat(inbound.parts().getLast().content())
                .isEqualTo(new Content.Location(51.5, -0.25, null, "Office", null, null));
        assertThat(extension(inbound))
                .contains("\"WaId\":\"15551230001\"")
                .contains("\"ChannelMetadata\":\"{\\\"type\\\":\\\"whatsapp\\\"}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "TWITTER", "+0123456789", "+1555abc0001", "+1"})
    @DisplayName("a short code or a name is an address and joins nobody")
    void senders(String from) {
        var party = message(Signed.with(Signed.TEXT, "From", from)).party();

        assertThat(Objects.requireNonNull(party).identities()).isEmpty();
        assertThat(party.address()).isEqualTo(from);
    }

    @Test
    @DisplayName("a message without sender, or at no place on earth, becomes a dead letter")
    void impossible() {
        assertThatThrownBy(() -> message(Fields.of("MessageSid", "SM1").with("To", "+15005550006")))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("From");
        assertThatThrownBy(() -> message(Signed.TEXT.with("Latitude", "91").with("Longitude", "0")))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, ACCEPTED",
        "scheduled, ACCEPTED",
        "queued, ACCEPTED",
        "sending, ACCEPTED",
        "sent, SENT",
        "partially_delivered, SENT",
        "delivered, DELIVERED",
        "read, READ",
        "undelivered, FAILED",
        "failed, FAILED",
        "canceled, FAILED",
    })
    @DisplayName("a status is a receipt about the send")
    void receipts(String status, Content.Receipt.Status reached) {
        var inbound = statuses(status(status), "key-1").getFirst();

        assertThat(inbound.content()).isEqualTo(new Content.Receipt(reached, null));
        assertThat(inbound.target()).isEqualTo(Target.external("key-1"));
        assertThat(inbound.party()).isNull();
        assertThat(inbound.line()).isEqualTo("+15005550006");
        assertThat(inbound.parts().getFirst().externalIds()).isEmpty();
    }

    @Test
    @DisplayName("a receipt of what something else sent is about the message")
    void foreignReceipts() {
        assertThat(statuses(status("sent"), null).getFirst().target())
                .isEqualTo(Target.external("SM1"));
    }

    @ParameterizedTest
    @CsvSource({"30003, 30003, out of reach", "30999, 30999, 30999", "x, twilio, no error code"})
    @DisplayName("an error code is the reason; without one there is none that could wipe another")
    void reasons(String given, String code, String text) {
        var failed = statuses(status("failed").with("ErrorCode", given), "k").getFirst();

        assertThat(failed.content())
                .isInstanceOfSatisfying(
                        Content.Receipt.class,
                        receipt -> {
                            var reason = Objects.requireNonNull(receipt.reason());
                            assertThat(reason.code()).isEqualTo(code);
                            assertThat(reason.text()).contains(text);
                        });
        for (var none : List.of("", "0")) {
            assertThat(statuses(status("failed").with("ErrorCode", none), "k").getFirst().content())
                    .isEqualTo(new Content.Receipt(Content.Receipt.Status.FAILED, null));
        }
    }

    @Test
    @DisplayName("a status of tomorrow is kept as what it is; one of a message to us is nothing")
    void unknownStatuses() {
        assertThat(statuses(status("teleported"), "k").getFirst().content())
                .isInstanceOfSatisfying(
                        Content.Custom.class,
                        custom -> {
                            assertThat(custom.name()).isEqualTo("sms-twilio.event");
                            assertThat(custom.fallback()).contains("teleported");
                            assertThat(custom.data().text())
                                    .contains("\"MessageStatus\":\"teleported\"");
                        });
        assertThat(statuses(status("receiving"), null)).isEmpty();
    }

    @Test
    @DisplayName("a webhook that is not known is kept whole, in its conversation where it has one")
    void unknownWebhooks() {
        var call =
                Fields.of("CallSid", "CA1")
                        .with("From", "+15551230001")
                        .with("To", "+15005550006")
                        .with("To", "repeated");

        var inbound = translate("form", call.encode(), null).getFirst();
        assertThat(inbound.party()).isNotNull();
        assertThat(inbound.content())
                .isEqualTo(
                        new Content.Custom(
                                "sms-twilio.event",
                                Json.of(
                                        "{\"CallSid\":\"CA1\",\"From\":\"+15551230001\",\"To\":\"+15005550006\"}"),
                                "An event of Twilio that is not known here"));
        assertThat(translate("form", Bytes.utf8("a=b"), null).getFirst().party()).isNull();
        assertThat(custom("json", "{\"a\":[1,2]}").data()).isEqualTo(Json.of("{\"a\":[1,2]}"));
        assertThat(custom("json", "no \"JSON\"").data()).isEqualTo(Json.of("\"no \\\"JSON\\\"\""));
        assertThat(custom("of-a-later-version", "x").data()).isEqualTo(Json.of("\"x\""));
    }

    private static Content.Custom custom(String kind, String body) {
        return (Content.Custom) translate(kind, Bytes.utf8(body), null).getFirst().content();
    }

    private static String extension(Inbound inbound) {
        return Objects.requireNonNull(inbound.extensions().get("sms-twilio.fields")).text();
    }

    private static Fields status(String status) {
        return Fields.of("MessageSid", "SM1")
                .with("MessageStatus", status)
                .with("From", "+15005550006")
                .with("To", "+15551230001");
    }

    private static Inbound message(Fields form) {
        return translate("message", form.encode(), null).getFirst();
    }

    private static List<Inbound> statuses(Fields form, @Nullable String send) {
        return translate("status", form.encode(), send);
    }

    private static List<Inbound> translate(String kind, Bytes body, @Nullable String send) {
        var event = RawEvent.of(kind, body, Dedupe.key("k"));
        var noted = send == null ? event : event.note("send", send);
        return Translation.of(Arrival.of(noted, Signed.NOW));
    }
}
