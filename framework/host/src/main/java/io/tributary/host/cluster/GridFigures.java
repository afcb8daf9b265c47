package io.tributary.host.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what crosses the grid, and what should have.
final class GridFigures implements AutoCloseable {

    private final MeterRegistry meters;
    private final AtomicInteger members = new AtomicInteger();
    private final AtomicInteger joined = new AtomicInteger();
    private final List<Gauge> gauges;

    GridFigures(MeterRegistry meters) {
        this.meters = meters;
        this.gauges =
                List.of(
                        gauge(
                                "tributary.grid.members",
                                members,
                                "Members in the grid, this one among them; 0 when it has left"),
                        gauge(
                                "tributary.grid.joined",
                                joined,
                                "1 while this member is in the grid"));
    }

    /// In place of the one of a grid that this member was in before: a registry keeps the first of
    /// a name, which shows another's number.
    private Gauge gauge(String name, AtomicInteger number, String description) {
        Gauge before = meters.find(name).gauge();
        if (before != null) {
            meters.remove(before);
        }
        return Gauge.builder(name, number, AtomicInteger::get)
                .description(description)
                .register(meters);
    }

    /// Takes the gauges away, unless a later grid has put its own there.
    @SuppressWarnings("ReferenceEquality") // one of the same name is equal, and may be another's
    @Override
    public void close() {
        for (Gauge each : gauges) {
            if (meters.find(each.getId().getName()).gauge() == each) {
                meters.remove(each);
            }
        }
    }

    void members(int count) {
        members.set(count);
        joined.set(count == 0 ? 0 : 1);
    }

    /// @param feed or map
    void sent(String feed, int bytes) {
        crossed(feed, "sent", bytes);
    }

    void received(String feed, int bytes) {
        crossed(feed, "received", bytes);
    }

    private void crossed(String feed, String direction, int bytes) {
        Counter.builder("tributary.grid.messages")
                .description("Messages and values that crossed the grid, by what they are")
                .tag("feed", feed)
                .tag("direction", direction)
                .register(meters)
                .increment();
        Counter.builder("tributary.grid.bytes")
                .description("Their bytes, sealed; what is sent to several members counts once")
                .baseUnit("bytes")
                .tag("feed", feed)
                .tag("direction", direction)
                .register(meters)
                .increment(bytes);
    }

    void lost(String feed, Loss why) {
        Counter.builder("tributary.grid.lost")
                .description("Messages and values that reached nobody; readers have the log")
                .tag("feed", feed)
                .tag("reason", why.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
