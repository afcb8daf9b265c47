package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Signal;
import io.tributary.spi.Health;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a connection to a broker")
class BrokerConnectionTest {

    private final FakeHost host = new FakeHost();
    private LoopbackBroker broker;
    private HostedAccount account;

    @BeforeEach
    void open() throws Exception {
        broker = new LoopbackBroker(1);
        account = host.open(new WearablesChannel(), Sample.settings(broker.uri()));
    }

    @AfterEach
    void close() throws IOException {
        account.close();
        broker.close();
        host.close();
    }

    private void awaitUp() {
        var connection = account.connect(0);
        await().until(connection::up);
    }

    private void awaitHealth(Health.State state, String words) {
        await().until(() ->
                host.reported().stream()
                        .anyMatch(each -> each.state() == state && each.text().contains(words)));
    }

    @Test
    @DisplayName("passes on who is there, as retained statuses and wills say it, and keeps nothing")
    void status() {
        for (int device = 0; device < 300; device++) {
            var state = device % 2 == 0 ? "online" : "offline";
            broker.publish(
                    LoopbackBroker.message(
                            "device-" + device + "/status",
                            "{\"state\":\"" + state + "\"}",
                            1,
                            true,
                            PacketProperties.NONE));
        }
        awaitUp();

        await().until(() -> host.signals().size() == 300);
        assertThat(host.signals())
                .filteredOn(signal -> signal.kind() == Signal.Kind.ONLINE)
                .hasSize(150);
        assertThat(host.stored()).isEmpty();
        broker.publish("device-1/status", "{\"state\":\"online\"}");
        await().until(() -> host.signals().size() == 301);
        assertThat(host.signals().getLast().address()).isEqualTo("device-1");
    }

    @Test
    @DisplayName("asks who is there at each connection and twice a day, since what it knows fades")
    void statusAgain() throws Exception {
        var online = "{\"state\":\"online\"}";
        broker.publish(
                LoopbackBroker.message("device-0/status", online, 1, true, PacketProperties.NONE));
        var connection = account.connect(0);
        await().until(() -> host.signals().size() == 1);
        broker.say(0, "behind it, so it is acknowledged as well");
        await().until(() -> broker.acknowledged().size() == 1);

        broker.cut();
        await().until(() -> host.signals().size() == 2 && connection.up());
        host.advance(Duration.ofHours(13));
        broker.say(0, "wakes whoever waits");
        await().until(() -> host.signals().size() == 3);
    }

    @Test
    @DisplayName("keeps what was sent once or at least once, and passes over what clears")
    void qualities() {
        broker.publish(
                LoopbackBroker.message(
                        "device-0/tap",
                        "{\"id\":\"1\",\"on\":\"a\"}",
                        0,
                        false,
                        PacketProperties.NONE));
        broker.publish("device-0/alert", "");
        broker.publish("device-0/tap", "{\"id\":\"1\",\"on\":\"a\"}");
        broker.publish("device-0/tap", "{\"id\":\"2\",\"on\":\"b\"}");
        broker.publish("device-0/tap", "unreadable");
        account.connect(0);

        await().until(() -> host.deadLetters().size() == 1);
        assertThat(host.stored())
                .extracting(stored -> stored.inbound().content())
                .containsExactly(new Content.Tap("a", null), new Content.Tap("b", null));
        await().until(() -> broker.acknowledged().size() == 4);
    }

    @Test
    @DisplayName("is not ended by what one device writes badly, or at too great a length")
    void badly() {
        var connection = account.connect(0);
        var sentAt = PacketProperties.NONE.with(new PacketProperties.User("sent-at", "\0"));
        broker.publish("device-\0/tap", "{\"id\":\"1\",\"on\":\"a\"}");
        broker.publish(
                LoopbackBroker.message(
                        "device-0/tap", "{\"id\":\"2\",\"on\":\"b\"}", 1, false, sentAt));
        broker.publish("device-0/tap", "x".repeat(300 * 1_024));
        broker.publish("device-0/tap", "{\"id\":\"3\",\"on\":\"c\"}");

        await().until(() -> broker.acknowledged().size() == 4);
        assertThat(host.stored())
                .extracting(stored -> stored.inbound().content())
                .containsExactly(new Content.Tap("b", null), new Content.Tap("c", null));
        assertThat(host.deadLetters()).hasSize(2);
        assertThat(connection.begun()).isEqualTo(1);
    }

    @Test
    @DisplayName("says in which way a broker does not keep to MQTT")
    void notMqtt() {
        broker.answeringGreetings(new PacketForm().oneByte(0).packet(15, 0));
        account.connect(0);
        awaitHealth(Health.State.DOWN, "a packet of type 15");
    }

    @Test
    @DisplayName("takes hundreds in order, whatever is cut on the way")
    void many() throws Exception {
        awaitUp();
        for (int i = 0; i < 1_200; i++) {
            broker.publish("device-0/tap", "{\"id\":\"" + i + "\",\"on\":\"" + i + "\"}");
            if (i % 400 == 399) {
                broker.cut();
            }
        }
        await().until(() -> broker.acknowledged().size() == 1_200);

        assertThat(host.stored()).hasSize(1_200);
        assertThat(host.stored())
                .extracting(stored -> ((Content.Tap) stored.inbound().content()).on())
                .isEqualTo(IntStream.range(0, 1_200).mapToObj(Integer::toString).toList());
        assertThat(broker.known()).isEqualTo(1);
    }

    @Test
    @DisplayName("leaves its session to who takes it over, and says so")
    void takenOver() throws Exception {
        awaitUp();
        var settings = Sample.settings(broker.uri());
        var same = BrokerSettings.of(settings, FakeHost.ACCOUNT, 0);
        var where = Broker.of(settings);
        try (var other = Wire.open(where, same.keepAlive())) {
            Greeting.say(other, same.connect(where));
            awaitHealth(Health.State.DOWN, "another client");
        }
        broker.say(0, "afterwards");
        await().until(() -> host.stored().size() == 1);
    }

    @Test
    @DisplayName("is well when the broker lets it in, and leaves no session behind by asking")
    void healthy() throws Exception {
        assertThat(((WearablesAccount) account.account()).check()).isEqualTo(Health.up());
        assertThat(broker.known()).isZero();
        broker.close();
        assertThat(((WearablesAccount) account.account()).check().state())
                .isEqualTo(Health.State.DOWN);
    }

    @Test
    @DisplayName("shows a glance and two actions, with where to answer and until when")
    void shows() {
        var connection = account.connect(0);
        await().until(connection::up);
        var choices = Content.choices("All well?", Choice.of("y", "Yes"), Choice.of("n", "No"));

        assertThat(connection.send(Sample.message(choices)))
                .isEqualTo(SendResult.accepted("0-key-1"));

        var shown = broker.shown().getFirst();
        assertThat(shown.topic()).isEqualTo("v1/test/device-0/show");
        assertThat(shown.payload().utf8())
                .isEqualTo(
                        "{\"id\":\"0-key-1\",\"text\":\"All well?\",\"actions\":["
                                + "{\"id\":\"y\",\"label\":\"Yes\"},{\"id\":\"n\",\"label\":\"No\"}]}");
        assertThat(shown.properties().numberOr(PacketProperties.MESSAGE_EXPIRY, 0))
                .isEqualTo(36_000);
        assertThat(shown.properties().all())
                .contains(
                        new PacketProperties.Text(
                                PacketProperties.RESPONSE_TOPIC, "v1/test/device-0/tap"));
        var three =
                Content.choices("?", Choice.of("1", "1"), Choice.of("2", "2"), Choice.of("3", "3"));
        assertThat(connection.send(Sample.message(three))).isInstanceOf(SendResult.Rejected.class);
        assertThat(connection.send(Sample.message(Content.location(1, 2))))
                .isInstanceOf(SendResult.Rejected.class);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("reads what the broker says of a message")
    @CsvSource({
        "0x00, Accepted",
        "0x10, Retry",
        "0x80, Retry",
        "0x83, Retry",
        "0x87, AccountStopped",
        "0x90, Rejected",
        "0x97, Retry",
        "0x99, Rejected",
    })
    void answers(String reason, String expected) {
        broker.answering(Integer.decode(reason));
        var connection = account.connect(0);
        await().until(connection::up);

        var result = connection.send(Sample.message(Content.text("Drink something")));

        assertThat(result.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    @DisplayName("does not know what became of a message that was cut off, and does not repeat it")
    void cutOff() throws Exception {
        broker.deaf();
        var connection = account.connect(0);
        await().until(connection::up);
        var sending =
                CompletableFuture.supplyAsync(
                        () -> connection.send(Sample.message(Content.text("Drink something"))));
        await().until(() -> broker.taken().size() == 1);
        broker.cut();

        assertThat(sending.get()).isInstanceOf(SendResult.Unknown.class);
        await().until(() -> connection.begun() == 2 && connection.up());
        assertThat(broker.taken()).hasSize(1);
    }
}
