package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Json;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsTest {

    private static final String USUAL =
            "id:0610467820 sub:001 dlvrd:001 submit date:2611221000 done date:2611221001"
                    + " stat:DELIVRD err:000 text:Hello stat:UNDELIV id:7";

    private static Inbound of(Delivered delivered) {
        return Sample.inbound(Sample.profile(), delivered);
    }

    @Test
    @DisplayName("it is about the message that it names, whatever the message said")
    void usual() {
        var receipt = of(Delivered.receipt(USUAL));

        assertThat(receipt.target()).isEqualTo(Target.external("0610467820"));
        assertThat(receipt.content()).isEqualTo(new Receipt(Receipt.Status.DELIVERED, null));
        assertThat(receipt.party()).isNull();
        assertThat(receipt.line()).isEqualTo(Sample.LINE);
    }

    @ParameterizedTest
    @DisplayName("every state has a meaning")
    @CsvSource({
        "DELIVRD,DELIVERED",
        "delivrd,DELIVERED",
        "ACCEPTD,SENT",
        "ENROUTE,SENT",
        "EXPIRED,FAILED",
        "DELETED,FAILED",
        "UNDELIV,FAILED",
        "REJECTD,FAILED",
        "UNDELIVERABLE,FAILED",
        "REJECTED_BY_CARRIER,FAILED",
        "FAIL,FAILED",
        "DELIVERED;,DELIVERED",
        "DELIV,DELIVERED",
        "DELIVERD,DELIVERED",
        "DLIVRD,DELIVERED",
        "EXPIRD,FAILED",
        "UNDLIVRD,FAILED",
        "ACKED,SENT",
        "BUFFRED,SENT",
        "SCHEDULED,SENT",
        "DELIVERY_FAILED,UNKNOWN",
        "DELIVERYFAILURE,UNKNOWN",
        "BUFFERED,SENT",
        "UNKNOWN,UNKNOWN"
    })
    void states(String word, Receipt.Status reached) {
        var content = of(Delivered.receipt("id:7 stat:" + word)).content();

        assertThat(((Receipt) content).status()).isEqualTo(reached);
    }

    @ParameterizedTest
    @DisplayName("order, case, seconds and missing words do not matter")
    @ValueSource(
            strings = {
                "stat:DELIVRD id:7",
                "ID:7 SUB:1 DLVRD:1 SUBMIT DATE:261122100000 DONE DATE:261122100100 STAT:DELIVRD ERR:0",
                "id:7 sub:001 dlvrd:001 stat:DELIVRD err: text:",
                "sub:001 id:7 done date:2611221001 stat:DELIVRD Text:id:9"
            })
    void shapes(String text) {
        var receipt = of(Delivered.receipt(text));

        assertThat(receipt.target()).isEqualTo(Target.external("7"));
        assertThat(receipt.content()).isEqualTo(new Receipt(Receipt.Status.DELIVERED, null));
    }

    @Test
    @DisplayName("why it failed is said by its error, or by the network's")
    void reasons() {
        var byText = of(Delivered.receipt("id:7 stat:UNDELIV err:034"));
        var byNetwork =
                of(
                        Delivered.receipt("id:7 stat:EXPIRED err:000")
                                .parameter(
                                        Tags.NETWORK_ERROR_CODE, Bytes.wrap(new byte[] {3, 1, 2})));

        assertThat(((Receipt) byText.content()).reason())
                .isEqualTo(Reason.of("034", "the SMSC reports UNDELIV, error 034"));
        assertThat(((Receipt) byNetwork.content()).reason())
                .isEqualTo(Reason.of("258", "the SMSC reports EXPIRED, error 258"));
    }

    @Test
    @DisplayName("parameters say more surely than words, and are enough alone")
    void parameters() {
        var receipt =
                of(
                        Delivered.receipt("id: sub:001 stat:ENROUTE")
                                .parameter(
                                        Tags.RECEIPTED_MESSAGE_ID,
                                        Bytes.wrap(new byte[] {'a', '1', 0}))
                                .parameter(Tags.MESSAGE_STATE, Bytes.wrap(new byte[] {2})));
        var unmarked =
                of(
                        Delivered.text("")
                                .parameter(Tags.RECEIPTED_MESSAGE_ID, Delivered.ascii("a1"))
                                .parameter(Tags.MESSAGE_STATE, Bytes.wrap(new byte[] {5})));

        assertThat(receipt.target()).isEqualTo(Target.external("a1"));
        assertThat(receipt.content()).isEqualTo(new Receipt(Receipt.Status.DELIVERED, null));
        assertThat(unmarked.target()).isEqualTo(Target.external("a1"));
        assertThat(((Receipt) unmarked.content()).status()).isEqualTo(Receipt.Status.FAILED);
    }

    @Test
    @DisplayName("ids in another base than in answers are about the same message")
    void bases() {
        var profile =
                Profile.of(
                        Sample.settings()
                                .with("idsInAnswers", "hex")
                                .with("idsInReceipts", "decimal"));
        var receipt = Sample.inbound(profile, Delivered.receipt(USUAL));

        assertThat(receipt.target())
                .isEqualTo(Target.external(profile.answers().normal("2462FFEC")));
    }

    @Test
    @DisplayName("a state that nobody knows is told as it is, since it may be final")
    void strange() {
        assertThat(of(Delivered.receipt("id:7 stat:SKIPPED")).content())
                .isEqualTo(
                        new Receipt(
                                Receipt.Status.UNKNOWN,
                                Reason.of("SKIPPED", "the SMSC reports SKIPPED")));
    }

    @Test
    @DisplayName("it is read in its coding")
    void coded() {
        var receipt =
                Delivered.hex(8, HexFormat.of().formatHex(utf16("id:7 stat:UNDELIV err:034")))
                        .esmClass(0x04);

        assertThat(of(receipt).target()).isEqualTo(Target.external("7"));
        assertThat(((Receipt) of(receipt).content()).status()).isEqualTo(Receipt.Status.FAILED);
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16BE);
    }

    @Test
    @DisplayName("what a customer says is no receipt since it has an id; its state makes it one")
    void noReceipt() {
        var said =
                Delivered.text("Is it open?")
                        .parameter(Tags.RECEIPTED_MESSAGE_ID, Delivered.ascii("a1"));
        var unmarked =
                Delivered.text("id:7 stat:DELIVRD")
                        .parameter(Tags.RECEIPTED_MESSAGE_ID, Delivered.ascii("a1"));

        assertThat(of(said).content()).isEqualTo(Content.text("Is it open?"));
        assertThat(of(said).extensions())
                .containsEntry("sms-smpp.parameters", Json.of("{\"0x001e\":\"6131\"}"));
        var failed =
                Delivered.text("id:7 stat:DELIVERY_FAILED")
                        .parameter(Tags.RECEIPTED_MESSAGE_ID, Delivered.ascii("a1"));
        assertThat(of(unmarked).target()).isEqualTo(Target.external("a1"));
        assertThat(of(failed).content())
                .isInstanceOfSatisfying(
                        Receipt.class,
                        each -> assertThat(each.status()).isEqualTo(Receipt.Status.UNKNOWN));
        assertThat(new EventReader(Sample.profile()).event(said.pdu()).dedupe())
                .isInstanceOf(Dedupe.Print.class);
    }

    @ParameterizedTest
    @DisplayName("what names no message or no state is a dead letter")
    @ValueSource(strings = {"", "stat:DELIVRD", "id: stat:DELIVRD", "id:7", "id:7 stat:?"})
    void unreadable(String text) {
        assertThatThrownBy(() -> of(Delivered.receipt(text))).isInstanceOf(Malformed.class);
    }

    @Test
    @DisplayName("the same receipt again is the same event, the same words again are not")
    void again() {
        var reader = new EventReader(Sample.profile());

        assertThat(reader.event(Delivered.receipt(USUAL).pdu()).dedupe())
                .isInstanceOf(Dedupe.Key.class);
        assertThat(reader.event(Delivered.text("yes").pdu()).dedupe())
                .isInstanceOf(Dedupe.Print.class);
    }
}
