package io.tributary.host.calls;

import io.tributary.model.AccountId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counts of one plugin version's calls and their last failures, cheap to raise from many threads.
final class CallCounts {

    /// Complete from the start and never changed, so it may be read from any thread.
    private final Map<Calls.Kind, OfKind> kinds = new EnumMap<>(Calls.Kind.class);

    private final RecentFailures recent = new RecentFailures();

    CallCounts() {
        for (var kind : Calls.Kind.values()) {
            kinds.put(kind, new OfKind());
        }
    }

    void ended(Calls.Kind kind, long took) {
        var counts = of(kind);
        counts.calls.increment();
        counts.nanos.add(took);
    }

    void failed(Calls.Kind kind, AccountId account, PluginFailure failure) {
        var failures = of(kind).failures.get(failure.why());
        if (failures != null) {
            failures.increment();
        }
        recent.note(kind, account, failure);
    }

    List<RecentFailure> recent() {
        return recent.all();
    }

    Map<Calls.Kind, CallFigures.OfKind> byKind() {
        var figures = new EnumMap<Calls.Kind, CallFigures.OfKind>(Calls.Kind.class);
        kinds.forEach((kind, counts) -> {
            var ofKind = counts.figures();
            if (ofKind.calls() > 0 || !ofKind.failures().isEmpty()) {
                figures.put(kind, ofKind);
            }
        });
        return figures;
    }

    private OfKind of(Calls.Kind kind) {
        var counts = kinds.get(kind);
        if (counts == null) {
            throw new AssertionError(kind);
        }
        return counts;
    }

    private static final class OfKind {

        private final LongAdder calls = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final Map<PluginFailure.Cause, LongAdder> failures =
                new EnumMap<>(PluginFailure.Cause.class);

        OfKind() {
            for (var cause : PluginFailure.Cause.values()) {
                failures.put(cause, new LongAdder());
            }
        }

        CallFigures.OfKind figures() {
            var causes = new EnumMap<PluginFailure.Cause, Long>(PluginFailure.Cause.class);
            failures.forEach((cause, count) -> {
                if (count.sum() > 0) {
                    causes.put(cause, count.sum());
                }
            });
            return new CallFigures.OfKind(calls.sum(), Duration.ofNanos(nanos.sum()), causes);
        }
    }
}
