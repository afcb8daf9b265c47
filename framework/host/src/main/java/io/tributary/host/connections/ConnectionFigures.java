package io.tributary.host.connections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.model.AccountId;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts connections: how many are up, and how they ended.
final class ConnectionFigures {

    private final MeterRegistry meters;
    private final AtomicInteger up = new AtomicInteger();

    ConnectionFigures(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("tributary.connections.up", up, AtomicInteger::get)
                .description("Connections of accounts that say that they are up")
                .register(meters);
    }

    /// How a connection ended.
    enum End {
        /// It could not be prepared.
        REFUSED,
        RETURNED,
        THREW,
        /// It was asked to, and did.
        LEFT,
        /// It was asked to, and did not.
        GIVEN_UP
    }

    void up() {
        up.incrementAndGet();
    }

    void down() {
        up.decrementAndGet();
    }

    void ended(AccountId account, End end) {
        Counter.builder("tributary.connections.ended")
                .description("Connections of accounts that ended, by how")
                .tag("account", account.value())
                .tag("end", end.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
