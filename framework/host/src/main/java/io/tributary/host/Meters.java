package io.tributary.host;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.Outbox;
import io.tributary.host.plugins.LoaderWatch;
import java.time.InstantSource;
import java.util.Locale;

/// The member's figures, for Prometheus.
final class Meters implements AutoCloseable {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    Meters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    static JournalOptions journalOptions(Configuration configuration, InstantSource clock) {
        return JournalOptions.standard().at(clock).dedupeFor(configuration.log().dedupeRetention());
    }

    static void journal(MeterRegistry registry, Journal journal) {
        var pending = new PendingSends(journal.outbox());
        Gauge.builder("tributary.log.head", journal, each -> each.log().head())
                .description("The last position of the log")
                .register(registry);
        Gauge.builder("tributary.log.oldest", journal, each -> each.log().oldest())
                .description("The oldest position that is kept")
                .register(registry);
        Gauge.builder("tributary.log.bytes", journal, each -> each.health().bytes())
                .description("Size of the log and all beside it")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("tributary.log.writable", journal, each -> each.health().writable() ? 1 : 0)
                .description("1 while the log takes writes")
                .register(registry);
        Gauge.builder("tributary.dead.letters.open", journal, each -> each.deadLetters().open())
                .description("What could not be processed and nobody has looked after")
                .register(registry);
        Gauge.builder("tributary.clock.skew", journal, each -> each.skew().toNanos() / 1e9)
                .description(
                        "How far this member's clock is ahead of the database's, by which all members go; 0 without one")
                .baseUnit("seconds")
                .register(registry);
        for (Outbox.State state : Outbox.State.values()) {
            if (!state.isFinal()) {
                Gauge.builder("tributary.outbound.sends", pending, each -> each.of(state))
                        .description("Sends by state, those that are over left out")
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .strongReference(true)
                        .register(registry);
            }
        }
    }

    static void plugins(MeterRegistry registry, LoaderWatch loaders, Watchdog watchdog) {
        for (LoaderWatch.State state : LoaderWatch.State.values()) {
            Gauge.builder("tributary.plugins.loaders", loaders, each -> each.count(state))
                    .description(
                            "Class loaders of plugins by state; lost ones take memory for good")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("tributary.plugins.calls.stuck", watchdog, Watchdog::stuckNow)
                .description("Calls of plugins that were given up and still run")
                .register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
