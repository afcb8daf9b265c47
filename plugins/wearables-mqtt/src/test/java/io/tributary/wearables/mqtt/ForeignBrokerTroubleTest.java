package io.tributary.wearables.mqtt;

import static io.tributary.wearables.mqtt.MosquittoScene.awaitThat;
import static io.tributary.wearables.mqtt.MosquittoScene.rates;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.spi.Health;
import io.tributary.testkit.FakeHost;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of readings at a broker that this project did not write, when somebody goes.
/// Skipped where Mosquitto is not installed.
@DisplayName("when Mosquitto, we or the store are away")
class ForeignBrokerTroubleTest {

    private static final int UNTIL_WRITTEN_DOWN = 5;

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName("what was acknowledged to a device outlives the broker's end")
    void brokerKilled() throws Exception {
        try (var scene = MosquittoScene.begin(folder, true)) {
            var broker = scene.broker();
            try (var before = scene.open()) {
                MosquittoScene.connected(before);
            }
            broker.publishLines("band-0/obs", rates(0, 100));
            for (int i = 0; i < UNTIL_WRITTEN_DOWN; i++) {
                // it writes down what came before at the latest now
                broker.publish("band-1/tap", "{\"id\":\"" + i + "\",\"on\":\"a\"}");
            }
            broker.kill();
            broker.start();
            try (var account = scene.open()) {
                MosquittoScene.connected(account);
                awaitReadings(scene.host(), 100);
                broker.kill();
                scene.awaitReported(each -> each.state() == Health.State.DOWN);
                broker.start();
                broker.publishLines("band-0/obs", rates(100, 200));

                awaitReadings(scene.host(), 200);
                assertThat(scene.host().deadLetters()).isEmpty();
            }
        }
    }

    private static void awaitReadings(FakeHost host, int count) {
        awaitThat(() ->
                host.stored().stream()
                                .filter(each -> each.inbound().content() instanceof Content.Reading)
                                .count()
                        == count);
    }

    @Test
    @DisplayName("a session that another client takes over is left to it, and taken up again")
    void takenOver() throws Exception {
        try (var scene = MosquittoScene.begin(folder, false);
                var account = scene.open()) {
            MosquittoScene.connected(account);
            var settings = Sample.settings(scene.broker().uri());
            var same = BrokerSettings.of(settings, FakeHost.ACCOUNT, 0);
            var where = Broker.of(settings);
            try (var other = Wire.open(where, same.keepAlive())) {
                Greeting.say(other, same.connect(where));
                // Mosquitto hangs up, and does not say why
                scene.awaitReported(each -> each.state() == Health.State.DOWN);
            }
            scene.broker().publishLines("band-0/obs", rates(0, 10));
            scene.broker().publishLines("band-1/obs", rates(0, 10));

            scene.awaitStored(20);
        }
    }

    @Test
    @DisplayName("what comes while nobody is connected waits at the broker")
    void awaited() throws Exception {
        try (var scene = MosquittoScene.begin(folder, false)) {
            try (var before = scene.open()) {
                MosquittoScene.connected(before);
            }
            scene.broker().publishLines("band-0/obs", rates(0, 50));
            scene.broker().publishLines("band-1/obs", rates(0, 50));
            try (var account = scene.open()) {
                account.connect();

                scene.awaitStored(100);
            }
        }
    }

    @Test
    @DisplayName("a message that could not be stored comes again at the next connection")
    void notStored() throws Exception {
        try (var scene = MosquittoScene.begin(folder, false);
                var account = scene.open()) {
            var connections = MosquittoScene.connected(account);
            scene.host().storeUnavailable(true);
            scene.broker().publish("band-0/tap", "{\"id\":\"1\",\"on\":\"a\"}");
            awaitThat(() -> connections.stream().mapToInt(each -> each.endings().size()).sum() > 2);
            scene.host().storeUnavailable(false);

            scene.awaitStored(1);
        }
    }
}
