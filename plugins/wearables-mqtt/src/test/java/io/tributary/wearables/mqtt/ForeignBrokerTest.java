package io.tributary.wearables.mqtt;

import static io.tributary.wearables.mqtt.MosquittoScene.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Bytes;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Signal;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedConnection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether the channel gets on with a broker and devices that this project did not write. Skipped
/// where Mosquitto is not installed.
@DisplayName("with Mosquitto")
class ForeignBrokerTest {

    private static final int DEVICES = 3_000;
    private static final int STATUSES = 1_000;

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("readings of thousands of devices come, each device's in order and none twice")
    void readings() throws Exception {
        try (var scene = MosquittoScene.begin(folder, false);
                var account = scene.open()) {
            MosquittoScene.connected(account);
            var messages = new ArrayList<Packet.Publish>();
            for (int i = 0; i < DEVICES * 3; i++) {
                // the third is the second once more
                var rate = MosquittoScene.rates(Math.min(i / DEVICES, 1), 2).getFirst();
                messages.add(said("band-" + i % DEVICES + "/obs", rate, 1 + i % 1_000, false));
            }
            scene.broker().publish(messages);
            scene.awaitStored(2 * DEVICES);

            var records = records(scene.host());
            assertThat(records).hasSize(DEVICES);
            assertThat(records.values()).containsOnly(List.of("r0", "r1"));
        }
    }

    private static Packet.Publish said(String topic, String payload, int id, boolean retained) {
        return new Packet.Publish(
                LoopbackBroker.ROOT + "/" + topic,
                Bytes.utf8(payload),
                1,
                id,
                retained,
                PacketProperties.NONE);
    }

    private static Map<String, List<String>> records(FakeHost host) {
        var records = new HashMap<String, List<String>>();
        for (var stored : host.stored()) {
            var id = stored.inbound().parts().getFirst().externalIds().getFirst();
            int end = id.indexOf('/');
            records.computeIfAbsent(id.substring(0, end), _ -> new ArrayList<>())
                    .add(id.substring(end + 1));
        }
        return records;
    }

    @Test
    @DisplayName(
            "retained statuses of a thousand devices are signals at each connection, never kept")
    void retained() throws Exception {
        try (var scene = MosquittoScene.begin(folder, false)) {
            var online = "{\"state\":\"online\"}";
            scene.broker()
                    .publish(
                            IntStream.range(0, STATUSES)
                                    .mapToObj(
                                            i -> said("band-" + i + "/status", online, 1 + i, true))
                                    .toList());
            try (var account = scene.open()) {
                MosquittoScene.connected(account);
                awaitThat(() -> scene.host().signals().size() == STATUSES);
            }
            try (var account = scene.open()) {
                MosquittoScene.connected(account);
                // what was not acknowledged in time comes twice, and is fewer than all
                awaitThat(() -> scene.host().signals().size() >= 2 * STATUSES);
            }

            assertThat(scene.host().stored()).isEmpty();
        }
    }

    @Test
    @DisplayName("a device whose clock is a day ahead is put right by the time that it tells")
    void clockAhead() throws Exception {
        try (var scene = MosquittoScene.begin(folder, false);
                var account = scene.open()) {
            MosquittoScene.connected(account);
            var rate = Sample.heartRate("r0", "2026-01-02T11:30:00Z", "72", "final");
            var sentAt =
                    List.of("-D", "publish", "user-property", "sent-at", "2026-01-02T12:00:00Z");
            scene.broker().publish("band-0/obs", rate, sentAt.toArray(String[]::new));
            scene.awaitStored(1);

            var inbound = scene.host().stored().getFirst().inbound();
            assertThat(inbound.occurredAt()).isEqualTo(Instant.parse("2026-01-01T11:30:00Z"));
            assertThat(inbound.extensions()).containsKey("wearables-mqtt.clockAhead");
        }
    }

    @Test
    @DisplayName("a device is shown a text, taps on it, is there, and is gone by its last will")
    void device() throws Exception {
        try (var scene = MosquittoScene.begin(folder, false);
                var account = scene.open()) {
            var broker = scene.broker();
            var host = scene.host();
            broker.publish("band-9/status", "{\"state\":\"online\"}", "-r");
            var connections = MosquittoScene.connected(account);
            awaitThat(() -> host.signals().size() == 1);
            var device =
                    broker.device("device-0/show", "device-0/status", "{\"state\":\"offline\"}");
            var question = Content.choices("All well?", Choice.of("y", "Yes"));
            assertThat(sentOnceHeard(connections.getFirst(), question))
                    .isInstanceOf(SendResult.Accepted.class);
            try (var heard = device.inputReader()) {
                assertThat(heard.readLine()).contains("All well?").contains("0-key-1");
            }
            broker.publish(
                    "device-0/tap", "{\"id\":\"t\",\"action\":\"y\",\"message\":\"0-key-1\"}");
            scene.awaitStored(1);
            assertThat(host.stored().getFirst().inbound().inReplyTo()).isEqualTo("0-key-1");
            device.destroyForcibly().waitFor();

            awaitThat(() -> host.signals().size() == 2);
            assertThat(host.signals().getLast().kind()).isEqualTo(Signal.Kind.OFFLINE);
        }
    }

    /// Mosquitto says when nobody listens, so the device is waited for.
    private static SendResult sentOnceHeard(HostedConnection connection, Content content) {
        return await().atMost(MosquittoScene.PATIENCE)
                .until(
                        () -> connection.send(Sample.message(content)),
                        result -> !(result instanceof SendResult.Retry));
    }
}
