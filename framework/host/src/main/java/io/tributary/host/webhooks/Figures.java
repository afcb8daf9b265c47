package io.tributary.host.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tributary.host.agents.Cursors;
import io.tributary.host.journal.WebhookRecords.Counts;
import io.tributary.host.journal.WebhookRecords.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What is delivered, and what is not yet. Thread safe.
final class Figures {

    private final MeterRegistry meters;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final MultiGauge lag;
    private final MultiGauge aside;

    private record Key(String webhook, String result) {}

    Figures(MeterRegistry meters) {
        this.meters = meters;
        this.lag =
                MultiGauge.builder("tributary.webhooks.lag")
                        .description(
                                "Positions of the log that a webhook has still to come to; every member shows all")
                        .register(meters);
        this.aside =
                MultiGauge.builder("tributary.webhooks.aside")
                        .description(
                                "Events that a webhook was not given in their turn; every member shows all")
                        .register(meters);
    }

    void posted(String webhook, Outcome outcome, long nanos) {
        timers.computeIfAbsent(new Key(webhook, result(outcome)), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private static String result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> "delivered";
            case Outcome.Gone _ -> "gone";
            case Outcome.Later _ -> "later";
            case Outcome.Failed _ -> "failed";
        };
    }

    private Timer timer(Key key) {
        return Timer.builder("tributary.webhooks.deliveries")
                .description("Attempts to deliver an event, by what came of them")
                .tag("webhook", key.webhook())
                .tag("result", key.result())
                .register(meters);
    }

    /// Shows how far each has come.
    ///
    /// @param counts of what is set aside, by webhook
    void show(List<Webhook> webhooks, Map<String, Counts> counts, Cursors cursors) {
        Cursors.Kept kept = webhooks.isEmpty() ? new Cursors.Kept(0, 0) : cursors.kept();
        List<MultiGauge.Row<?>> behind = new ArrayList<>();
        List<MultiGauge.Row<?>> set = new ArrayList<>();
        for (Webhook each : webhooks) {
            var tags = Tags.of("webhook", each.id());
            lag(each, cursors, kept)
                    .ifPresent(positions -> behind.add(MultiGauge.Row.of(tags, positions)));
            Counts of = counts.getOrDefault(each.id(), Counts.NONE);
            set.add(MultiGauge.Row.of(tags.and("state", "waiting"), of.waiting()));
            set.add(MultiGauge.Row.of(tags.and("state", "given-up"), of.givenUp()));
        }
        lag.register(behind, true);
        aside.register(set, true);
    }

    /// @return empty: what it is to get next is not kept any more
    static OptionalLong lag(Webhook webhook, Cursors cursors, Cursors.Kept kept) {
        return cursors.parse(webhook.progress().cursor(), kept)
                        instanceof Cursors.Parsed.At(long at)
                ? OptionalLong.of(Math.max(0, kept.head() - at))
                : OptionalLong.empty();
    }
}
