package com.example.showroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.model.Target;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.HostedDevice;
import io.tributary.testkit.Stored;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is this channel's own.
@DisplayName("a headset")
final class HeadsetSessionTest {

    private final FakeHost host = new FakeHost();
    private HostedAccount account;
    private HostedDevice headset;

    @BeforeEach
    void putOn() throws Exception {
        account = host.open(new ShowroomChannel(), Headset.SETTINGS);
        headset = account.knock(Headset.worn("hall-1", "visit0001"), Headset::confirming);
        says("1", "enter");
    }

    @AfterEach
    void close() {
        account.close();
        host.close();
    }

    @Test
    @DisplayName("tells a visit from its begin to its end, each visitor's by itself")
    void visit() {
        says("2", "leave");
        account.knock(Headset.worn("hall-1", "visit0002"))
                .says(List.of(Headset.frame("1", "enter")));

        assertThat(host.stored())
                .extracting(stored -> stored.inbound().content())
                .containsExactly(
                        new Content.Visit(Content.Visit.Event.BEGAN, "vienna"),
                        new Content.Visit(Content.Visit.Event.ENDED, "vienna"),
                        new Content.Visit(Content.Visit.Event.BEGAN, "vienna"));
        assertThat(host.stored())
                .extracting(stored -> stored.inbound().party().address())
                .containsExactly("hall-1/visit0001", "hall-1/visit0001", "hall-1/visit0002");
        assertThat(headset.closedWith()).as("the older socket").hasValue(1000);
    }

    @Test
    @DisplayName("is believed a look that lasted, and a glance is taken and forgotten")
    void looks() {
        looks("2", "2.9");
        looks("3", "3.0");

        assertThat(last().fallback()).isEqualTo("[looked at] Sofa Oslo for 3 s");
        assertThat(((Content.Custom) last()).data().text())
                .isEqualTo("{\"product\":\"sofa-3\",\"name\":\"Sofa Oslo\",\"seconds\":\"3\"}");
        assertThat(host.stored()).hasSize(2);
        assertThat(heard()).contains("{\"taken\":\"2\"}", "{\"taken\":\"3\"}");
    }

    @Test
    @DisplayName("brings what is picked up, and a call for help that raises the conversation")
    void picksUpAndAsks() {
        says("2", "pick-up", "product", "lamp-7", "name", "Lamp Aurora");
        assertThat(last()).isEqualTo(new Content.Tap("lamp-7", "Lamp Aurora"));

        says("3", "help");
        assertThat(last())
                .isInstanceOfSatisfying(
                        Content.Alert.class,
                        help -> {
                            assertThat(help.raises()).isTrue();
                            assertThat(help.text()).isEqualTo("asks for help in the showroom");
                        });
    }

    @Test
    @DisplayName("leaves a voice note once its recording is there, and no recording of another's")
    void voiceNote() {
        says("2", "record", "type", "audio/webm", "bytes", "5");
        var brings = heard().getLast();
        var media = value(brings, "media");
        var seal = value(brings, "seal");
        says("3", "voice", "media", media, "seal", seal, "type", "audio/webm");
        assertThat(heard().getLast()).startsWith("{\"refused\":\"3\"");

        var permitted = new DeviceLink.Upload(MediaId.of(media), URI.create(value(brings, "to")));
        host.upload(permitted, Bytes.utf8("hello"));
        account.knock(Headset.worn("hall-2", "visit0001"))
                .says(
                        List.of(
                                Headset.frame(
                                        "1",
                                        "voice",
                                        "media",
                                        media,
                                        "seal",
                                        seal,
                                        "type",
                                        "audio/webm")));
        assertThat(host.stored()).as("what came of another's recording").hasSize(1);

        says("4", "voice", "media", media, "seal", seal, "type", "audio/webm");
        assertThat(last())
                .isEqualTo(
                        Content.Media.stored(
                                Content.Media.Kind.VOICE, MediaId.of(media), "audio/webm"));
    }

    @Test
    @DisplayName("is permitted no recording that is too large")
    void largeRecording() {
        says("2", "record", "type", "audio/webm", "bytes", "4194305");

        assertThat(heard().getLast()).startsWith("{\"refused\":\"2\"");
    }

    @Test
    @DisplayName("shows a message, says that it was looked at, and shows nothing to the next visitor")
    void shows() {
        assertThat(headset.send(message("hall-1/visit0001", "I am coming.")))
                .isEqualTo(SendResult.accepted("0-1-1").reached(Receipt.Status.DELIVERED));
        says("2", "seen", "key", "0-1-1");

        assertThat(lastInbound().target()).isEqualTo(Target.external("0-1-1"));
        assertThat(last()).isEqualTo(Content.receipt(Receipt.Status.READ));
        assertThat(Objects.requireNonNull(lastInbound().party()).address())
                .isEqualTo("hall-1/visit0001");
        assertThat(headset.send(message("hall-1/visit0000", "For somebody else.")))
                .isInstanceOf(SendResult.RecipientGone.class);
        assertThat(heard()).noneMatch(frame -> frame.contains("For somebody else."));
    }

    @Test
    @DisplayName("that confirms when nobody waits any more brings a receipt")
    void lateConfirmation() {
        says("2", "got", "key", "0-1-1");

        assertThat(lastInbound().target()).isEqualTo(Target.external("0-1-1"));
        assertThat(last()).isEqualTo(Content.receipt(Receipt.Status.DELIVERED));
    }

    @Test
    @DisplayName("that goes before it confirms has not taken the message, and nobody waits on")
    void goesMeanwhile() throws Exception {
        var shown = new CountDownLatch(1);
        var silent =
                account.knock(
                        Headset.worn("hall-1", "visit0001"),
                        _ -> {
                            shown.countDown();
                            return List.of();
                        });
        var sending =
                CompletableFuture.supplyAsync(
                        () -> silent.send(message("hall-1/visit0001", "Still there?")));
        shown.await();
        silent.close();

        // sooner than the patience of send()
        assertThat(sending.get(5, TimeUnit.SECONDS)).isInstanceOf(SendResult.Retry.class);
    }

    private void says(String id, String what, String... more) {
        headset.says(List.of(Headset.frame(id, what, more)));
    }

    private void looks(String id, String seconds) {
        says(id, "look", "product", "sofa-3", "name", "Sofa Oslo", "seconds", seconds);
    }

    private List<String> heard() {
        return headset.heard().stream().map(Headset::text).toList();
    }

    private Inbound lastInbound() {
        return host.stored().stream().map(Stored::inbound).toList().getLast();
    }

    private Content last() {
        return lastInbound().content();
    }

    /// Of an object as this channel writes it.
    private static String value(String object, String name) {
        return FlatObject.read(object).need(name, 500);
    }

    private OutboundMessage message(String address, String text) {
        var conversation =
                Conversation.of(
                        new ConversationId(new UUID(0x7000L, 1)),
                        new ShowroomChannel().descriptor().id(),
                        FakeHost.ACCOUNT,
                        "vienna",
                        address);
        return OutboundMessage.of(
                "0-1-1",
                new InteractionId(new UUID(0x7000L, 2)),
                conversation,
                host.clock().instant(),
                Content.text(text));
    }
}
