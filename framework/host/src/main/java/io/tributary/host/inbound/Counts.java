package io.tributary.host.inbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.model.AccountId;
import io.tributary.spi.Outcome;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/// Figures of what came in. Thread safe; what is counted for every event costs a look into a map
/// and an add.
final class Counts {

    /// Reasons are the plugins' words: a bound keeps a careless one from filling the registry.
    private static final int MOST_REASONS = 200;

    private final MeterRegistry meters;
    private final Counter again;
    private final Counter unfreed;
    private final ConcurrentHashMap<Key, Counter> events = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, Counter> webhooks = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, Counter> refusals = new ConcurrentHashMap<>();

    private record Key(AccountId account, Object what) {}

    /// What a webhook is answered for.
    enum Answer {
        STORED,
        REFUSED,
        MALFORMED,
        FAILED,
        UNAVAILABLE
    }

    Counts(MeterRegistry meters) {
        this.meters = meters;
        this.again =
                Counter.builder("tributary.inbound.decided.again")
                        .description("Units that rested on something that had changed meanwhile")
                        .register(meters);
        this.unfreed =
                Counter.builder("tributary.inbound.parked.left")
                        .description("Parked ones that could not be freed at once; the sweep will")
                        .register(meters);
    }

    void unfreed() {
        unfreed.increment();
    }

    void again() {
        again.increment();
    }

    void event(AccountId account, Outcome.Fate fate) {
        events.computeIfAbsent(new Key(account, fate), this::eventCounter).increment();
    }

    void webhook(AccountId account, Answer answer) {
        webhooks.computeIfAbsent(new Key(account, answer), this::webhookCounter).increment();
    }

    void refused(AccountId account, String reason) {
        var key = new Key(account, reason);
        if (!refusals.containsKey(key) && refusals.size() >= MOST_REASONS) {
            key = new Key(account, "other");
        }
        refusals.computeIfAbsent(key, this::refusalCounter).increment();
    }

    private Counter eventCounter(Key key) {
        return Counter.builder("tributary.inbound.events")
                .description("Events by what became of them")
                .tag("account", key.account().value())
                .tag("fate", word(key.what()))
                .register(meters);
    }

    private Counter webhookCounter(Key key) {
        return Counter.builder("tributary.inbound.webhooks")
                .description("Webhooks by how they were answered")
                .tag("account", key.account().value())
                .tag("answer", word(key.what()))
                .register(meters);
    }

    private Counter refusalCounter(Key key) {
        return Counter.builder("tributary.inbound.refusals")
                .description("Webhooks that the channel refused, by its reason")
                .tag("account", key.account().value())
                .tag("reason", key.what().toString())
                .register(meters);
    }

    private static String word(Object what) {
        return what.toString().toLowerCase(Locale.ROOT);
    }
}
