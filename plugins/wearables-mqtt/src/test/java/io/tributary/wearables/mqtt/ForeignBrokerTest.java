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
import io.tributary.testkit.HostedConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether the channel gets on with a broker and devices that this project did not write. Skipped
/// where Mosquitto is not installed.
@DisplayName("with Mosquitto")
class ForeignBrokerTest {

    private static final int DEVICES = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder = Path.of("");

    private Mosquitto broker;
    private FakeHost host;
    private HostedAccount account;
    private List<HostedConnection> connections = List.of();

    private void start(boolean careful) throws Exception {
        Assumptions.assumeTrue(Mosquitto.isThere(), "mosquitto is not on the PATH");
        broker = new Mosquitto(folder, careful);
        broker.start();
        host = new FakeHost();
        var settings = Sample.settings(broker.uri()).with("slots", 2);
        account = host.open(new WearablesChannel(), settings);
    }

    @AfterEach
    void close() throws Exception {
        if (broker != null) {
            account.close();
            host.close();
            broker.close();
        }
    }

    private void awaitUp() {
        connections = account.connect();
        await().atMost(PATIENCE).until(() -> connections.stream().allMatch(each -> each.up()));
    }

    private void awaitStored(int count) {
        await().atMost(PATIENCE).until(() -> host.stored().size() >= count);
        assertThat(host.stored()).hasSize(count);
        assertThat(host.deadLetters()).isEmpty();
    }

    private static List<String> rates(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(
                        each -> Sample.heartRate("r" + each, "2026-01-01T11:59:00Z", "72", "final"))
                .toList();
    }

    @Test
    @DisplayName("readings of thousands of devices come, each device's in order and none twice")
    void readings() throws Exception {
        start(false);
        awaitUp();
        var messages = new ArrayList<Packet.Publish>();
        for (int i = 0; i < DEVICES * 3; i++) {
            // the third is the second once more
            var rate = rates(Math.min(i / DEVICES, 1), 2).getFirst();
            var topic = "band-" + i % DEVICES + "/obs";
            var message = LoopbackBroker.message(topic, rate, 1, false, PacketProperties.NONE);
            messages.add(
                    new Packet.Publish(
                            message.topic(),
                            message.payload(),
                            1,
                            1 + i % 1_000,
                            false,
                            PacketProperties.NONE));
        }
        broker.publish(messages);
        awaitStored(2 * DEVICES);

        var records = new HashMap<String, List<String>>();
        for (var stored : host.stored()) {
            var id = stored.inbound().parts().getFirst().externalIds().getFirst();
            int end = id.indexOf('/');
            records.computeIfAbsent(id.substring(0, end), _ -> new ArrayList<>())
                    .add(id.substring(end + 1));
        }
        assertThat(records).hasSize(DEVICES);
        assertThat(records.values()).containsOnly(List.of("r0", "r1"));
    }

    @Test
    @DisplayName("what was acknowledged to a device outlives the broker's end")
    void brokerKilled() throws Exception {
        start(true);
        awaitUp();
        broker.publishLines("band-0/obs", rates(0, 100));
        awaitStored(100);
        broker.kill();
        await().atMost(PATIENCE)
                .until(() ->
                        host.reported().stream()
                                .anyMatch(each -> each.state() == Health.State.DOWN));
        broker.start();
        broker.publishLines("band-0/obs", rates(100, 200));

        awaitStored(200);
    }

    @Test
    @DisplayName("what comes while nobody is connected waits at the broker")
    void awaited() throws Exception {
        start(false);
        awaitUp();
        account.close();
        broker.publishLines("band-0/obs", rates(0, 50));
        broker.publishLines("band-1/obs", rates(0, 50));
        account = host.open(new WearablesChannel(), Sample.settings(broker.uri()).with("slots", 2));
        account.connect();

        awaitStored(100);
    }

    @Test
    @DisplayName("a message that could not be stored comes again at the next connection")
    void refused() throws Exception {
        start(false);
        awaitUp();
        host.storeUnavailable(true);
        broker.publish("band-0/tap", "{\"id\":\"1\",\"on\":\"a\"}");
        await().atMost(PATIENCE)
                .until(() ->
                        connections.stream().mapToInt(each -> each.endings().size()).sum() > 2);
        host.storeUnavailable(false);

        awaitStored(1);
    }

    @Test
    @DisplayName("a device is shown a text, taps on it, is there, and is gone by its last will")
    void device() throws Exception {
        start(false);
        broker.publish("band-9/status", "{\"state\":\"online\"}", "-r");
        awaitUp();
        await().atMost(PATIENCE).until(() -> host.signals().size() == 1);
        var device = broker.device("device-0/show", "device-0/status", "{\"state\":\"offline\"}");
        var question = Content.choices("All well?", Choice.of("y", "Yes"));
        var shown = sentOnceHeard(question);
        assertThat(shown).isInstanceOf(SendResult.Accepted.class);
        try (var heard = device.inputReader()) {
            assertThat(heard.readLine()).contains("All well?").contains("0-key-1");
        }
        broker.publish("device-0/tap", "{\"id\":\"t\",\"action\":\"y\",\"message\":\"0-key-1\"}");
        awaitStored(1);
        assertThat(host.stored().getFirst().inbound().inReplyTo()).isEqualTo("0-key-1");
        device.destroyForcibly().waitFor();

        await().atMost(PATIENCE).until(() -> host.signals().size() == 2);
        assertThat(host.signals().getLast().kind()).isEqualTo(Signal.Kind.OFFLINE);
    }

    /// Mosquitto says when nobody listens, so the device is waited for.
    private SendResult sentOnceHeard(Content content) {
        return await().atMost(PATIENCE)
                .until(
                        () -> connections.getFirst().send(Sample.message(content)),
                        result -> !(result instanceof SendResult.Retry));
    }
}
