package io.tributary.host.devices;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.model.AccountId;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts devices' sockets.
final class DeviceFigures {

    private final MeterRegistry meters;
    private final AtomicInteger open = new AtomicInteger();

    DeviceFigures(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("tributary.devices.sockets", open, AtomicInteger::get)
                .description("Open sockets of devices")
                .register(meters);
    }

    /// How a handshake was answered.
    enum Answer {
        ACCEPTED,
        /// By the channel.
        REFUSED,
        /// The channel failed.
        FAILED,
        /// The account is down, full, or nothing can be stored.
        UNAVAILABLE
    }

    void answered(AccountId account, Answer answer) {
        Counter.builder("tributary.devices.handshakes")
                .description("Devices that knocked, by how they were answered")
                .tag("account", account.value())
                .tag("answer", answer.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    /// @param handedOver false: it was closed instead
    void moved(AccountId account, boolean handedOver) {
        Counter.builder("tributary.devices.moved")
                .description("Open sockets that met a new version of their plugin or its settings")
                .tag("account", account.value())
                .tag("result", handedOver ? "handed_over" : "closed")
                .register(meters)
                .increment();
    }

    void came() {
        open.incrementAndGet();
    }

    void went() {
        open.decrementAndGet();
    }
}
