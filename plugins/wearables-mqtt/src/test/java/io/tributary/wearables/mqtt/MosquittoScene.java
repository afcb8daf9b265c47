package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.spi.Health;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.HostedConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/// An account with two slots, and a Mosquitto of its own.
///
/// @param host outlives the account: what is opened next goes on with what it keeps
record MosquittoScene(Mosquitto broker, FakeHost host) implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Begins with nobody connected. The test is skipped where Mosquitto is not installed.
    ///
    /// @param careful whether the broker writes every change down at once
    static MosquittoScene begin(Path folder, boolean careful) throws Exception {
        Assumptions.assumeTrue(Mosquitto.isThere(), "mosquitto is not on the PATH");
        var broker = new Mosquitto(folder, careful);
        try {
            broker.start();
        } catch (IOException | RuntimeException failed) {
            broker.close();
            throw failed;
        }
        return new MosquittoScene(broker, new FakeHost());
    }

    /// The account, which whoever opens it closes.
    HostedAccount open() throws Exception {
        var settings = Sample.settings(broker.uri()).with("slots", 2);
        return host.open(new WearablesChannel(), settings);
    }

    /// Connects, and waits until all slots are up.
    static List<HostedConnection> connected(HostedAccount account) {
        var connections = account.connect();
        awaitThat(() -> connections.stream().allMatch(HostedConnection::up));
        return connections;
    }

    static void awaitThat(Callable<Boolean> so) {
        await().atMost(PATIENCE).until(so);
    }

    void awaitStored(int count) {
        awaitThat(() -> host.stored().size() >= count);
        assertThat(host.stored()).hasSize(count);
        assertThat(host.deadLetters()).isEmpty();
    }

    void awaitReported(Predicate<Health> wanted) {
        awaitThat(() -> host.reported().stream().anyMatch(wanted));
    }

    /// Heart rates of records of their own.
    static List<String> rates(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(
                        each -> Sample.heartRate("r" + each, "2026-01-01T11:59:00Z", "72", "final"))
                .toList();
    }

    @Override
    public void close() {
        host.close();
        broker.close();
    }
}
