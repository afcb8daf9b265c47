package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import io.tributary.spi.Piece;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TranslationTest {

    private static Inbound of(Delivered... delivered) {
        return Sample.inbound(Sample.profile(), delivered);
    }

    private static String text(Delivered... delivered) {
        return ((Content.Text) of(delivered).content()).text();
    }

    private static Party party(Inbound inbound) {
        return Objects.requireNonNull(inbound.party());
    }

    @Test
    @DisplayName("a text is from the sender to the line, and a number of the world is who it is")
    void plain() {
        var inbound = of(Delivered.text("Is it open?"));

        assertThat(inbound.content()).isEqualTo(Content.text("Is it open?"));
        assertThat(inbound.line()).isEqualTo(Sample.LINE);
        assertThat(party(inbound).address()).isEqualTo(Sample.CUSTOMER);
        assertThat(party(inbound).identities())
                .containsExactly(Identity.byChannel("phone", Sample.CUSTOMER));
        assertThat(inbound.extensions()).isEmpty();
    }

    @Test
    @DisplayName("a short code or a name is nobody's identity")
    void names() {
        assertThat(party(of(Delivered.text("hi").from(3, "12345"))).identities()).isEmpty();
        assertThat(party(of(Delivered.text("hi").from(5, "ACME"))).address()).isEqualTo("ACME");
    }

    @Test
    @DisplayName("each coding is read as what it is")
    void codings() {
        assertThat(text(Delivered.hex(0, "68656c6c6f2000201b65"))).isEqualTo("hello @ €");
        assertThat(text(Delivered.hex(8, "041f04400438043204350442"))).isEqualTo("Привет");
        assertThat(text(Delivered.hex(8, "d83ddc4b"))).isEqualTo("👋");
        assertThat(text(Delivered.hex(1, "40"))).isEqualTo("@");
        assertThat(text(Delivered.hex(1, "4100201b65"))).isEqualTo("A@ €");
        assertThat(text(Delivered.hex(3, "e9"))).isEqualTo("é");
        assertThat(text(Delivered.hex(6, "bf"))).isEqualTo("П");
        assertThat(text(Delivered.hex(7, "e0"))).isEqualTo("א");
        assertThat(text(Delivered.hex(0xF1, "05"))).isEqualTo("é");
        assertThat(text(Delivered.hex(0x11, "05"))).isEqualTo("é");
        assertThat(text(Delivered.hex(0x18, "0436"))).isEqualTo("ж");
        assertThat(text(Delivered.hex(0xC8, "05"))).isEqualTo("é");
        assertThat(text(Delivered.hex(0xD0, "05"))).isEqualTo("é");
        assertThat(text(Delivered.hex(0xE0, "0436"))).isEqualTo("ж");
        var latin = Sample.inbound(Sample.profile("alphabet", "latin1"), Delivered.hex(0, "e940"));
        assertThat(latin.content()).isEqualTo(Content.text("é@"));
    }

    @Test
    @DisplayName("what is no text is kept as it is")
    void binary() {
        assertThat(of(Delivered.hex(4, "0001ff")).content())
                .isEqualTo(
                        new Content.Custom(
                                "sms-smpp.binary",
                                Json.of("{\"dataCoding\":4,\"octets\":\"0001ff\"}"),
                                "[binary SMS of 3 octets]"));
        var forAProgram = Delivered.hex(0, "0605041588158841").esmClass(0x40);
        assertThat(of(forAProgram).content()).isInstanceOf(Content.Custom.class);
        assertThat(of(Delivered.hex(0xF5, "00")).content()).isInstanceOf(Content.Custom.class);
    }

    @Test
    @DisplayName("messages of a long text are one, by either header and by parameters")
    void together() {
        assertThat(text(Delivered.part(7, 1, 2, "to"), Delivered.part(7, 2, 2, "gether")))
                .isEqualTo("together");
        var wide1 = Delivered.hex(0, "060804010202" + "01" + "41").esmClass(0x40);
        var wide2 = Delivered.hex(0, "060804010202" + "02" + "42").esmClass(0x40);
        assertThat(text(wide1, wide2)).isEqualTo("AB");
        assertThat(text(sar("A", 1), sar("B", 2))).isEqualTo("AB");
    }

    private static Delivered sar(String text, int number) {
        return Delivered.text(text)
                .parameter(Tags.SAR_MSG_REF_NUM, new BodyWriter().octet(1).octet(2).bytes())
                .parameter(Tags.SAR_TOTAL_SEGMENTS, new BodyWriter().octet(2).bytes())
                .parameter(Tags.SAR_SEGMENT_SEQNUM, new BodyWriter().octet(number).bytes());
    }

    @Test
    @DisplayName("a character that is cut apart between two messages is whole again")
    void cutApart() {
        var first = Delivered.hex(8, "0500030702010041d83d").esmClass(0x40);
        var second = Delivered.hex(8, "050003070202dc4b").esmClass(0x40);
        assertThat(text(first, second)).isEqualTo("A👋");
        var euro1 = Delivered.hex(0, "050003070201411b").esmClass(0x40);
        var euro2 = Delivered.hex(0, "05000307020265").esmClass(0x40);
        assertThat(text(euro1, euro2)).isEqualTo("A€");
    }

    @Test
    @DisplayName("messages of one text may have codings of their own")
    void mixed() {
        var cyrillic = Delivered.hex(8, "0500030702020436").esmClass(0x40);
        assertThat(text(Delivered.part(7, 1, 2, "A"), cyrillic)).isEqualTo("Aж");
    }

    @Test
    @DisplayName("what is missing of a long text leaves a gap that is seen")
    void gaps() {
        assertThat(text(Delivered.part(7, 1, 3, "one"), Delivered.part(7, 3, 3, "three")))
                .isEqualTo("one[…]three");
        assertThat(text(Delivered.part(7, 2, 3, "two"))).isEqualTo("[…]two[…]");
    }

    @Test
    @DisplayName("a piece waits with those of the same sender, line, reference and number")
    void pieces() {
        var reader = new EventReader(Sample.profile());
        var piece = reader.event(Delivered.part(7, 2, 3, "two").pdu()).piece();

        assertThat(piece)
                .isEqualTo(
                        Piece.counted(
                                "8/7 3 15005550006 15551230000", 2, 3, Duration.ofMinutes(5)));
        assertThat(reader.event(Delivered.part(7, 4, 3, "four").pdu()).piece()).isNull();
        assertThat(reader.event(Delivered.part(7, 0, 3, "zero").pdu()).piece()).isNull();
        assertThat(reader.event(Delivered.part(7, 1, 1, "alone").pdu()).piece()).isNull();
        assertThat(text(Delivered.part(7, 1, 1, "alone"))).isEqualTo("alone");
        assertThat(text(Delivered.part(7, 4, 3, "four"))).isEqualTo("four");
    }

    @Test
    @DisplayName("a data_sm is read like a deliver_sm, and so is a payload in its parameter")
    void otherWays() {
        var profile = Sample.profile();
        var event = new EventReader(profile).event(Delivered.text("hello").data());
        var inbound = new Translation(profile).of(Arrival.of(event, Sample.NOW)).getFirst();

        assertThat(inbound.content()).isEqualTo(Content.text("hello"));
        var payload =
                Delivered.text("")
                        .parameter(Tags.MESSAGE_PAYLOAD, Delivered.ascii("long".repeat(100)));
        assertThat(text(payload)).isEqualTo("long".repeat(100));
    }

    @Test
    @DisplayName("parameters that nobody knows are kept beside the message")
    void parameters() {
        var inbound = of(Delivered.text("hi").parameter(0x1403, Delivered.ascii("AT")));

        assertThat(inbound.extensions())
                .containsEntry("sms-smpp.parameters", Json.of("{\"0x1403\":\"4154\"}"));
    }

    @Test
    @DisplayName("what is broken is a dead letter, and is kept whole")
    void broken() {
        var lying = Delivered.hex(0, "ff0003070201").esmClass(0x40);
        assertThatThrownBy(() -> of(lying)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> of(Delivered.text("").esmClass(0x40)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> of(Delivered.text("hi").from(1, "")))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> of(Delivered.part(7, 1, 2, "hi").from(1, "1".repeat(600))))
                .isInstanceOf(Malformed.class);
        var event = new EventReader(Sample.profile()).event(lying.pdu());
        assertThat(event.body()).isEqualTo(lying.pdu().body());
        assertThat(event.piece()).isNull();
    }
}
