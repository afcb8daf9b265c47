package io.tributary.host;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tributary.host.accounts.Figures;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Metrics;
import java.time.Duration;

/// Plugins' own figures, each with its plugin, channel and account.
record PluginFigures(MeterRegistry registry) implements Figures {

    @Override
    public Metrics of(PluginVersion plugin, ChannelId channel, AccountId account) {
        return new Metrics() {
            @Override
            public void count(String name, long n) {
                Counter.builder("tributary.plugin." + name)
                        .tag("plugin", plugin.id())
                        .tag("channel", channel.value())
                        .tag("account", account.value())
                        .register(registry)
                        .increment((double) n);
            }

            @Override
            public void time(String name, Duration took) {
                Timer.builder("tributary.plugin." + name)
                        .tag("plugin", plugin.id())
                        .tag("channel", channel.value())
                        .tag("account", account.value())
                        .register(registry)
                        .record(took);
            }
        };
    }
}
