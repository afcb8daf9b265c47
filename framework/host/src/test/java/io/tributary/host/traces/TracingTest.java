package io.tributary.host.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.Errand;
import io.tributary.host.egress.Ending;
import io.tributary.host.egress.Seen;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Traces;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.InteractionId;
import io.tributary.model.PluginVersion;
import io.tributary.model.TimeOrderedIds;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TracingTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final InteractionId interaction = TimeOrderedIds.system().interaction();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Kept kept = new Kept();

    /// Keeps in memory, or waits at a gate, or cannot.
    private static final class Kept implements Traces {

        final ConcurrentLinkedQueue<Trace> all = new ConcurrentLinkedQueue<>();
        final List<Integer> sizes = new CopyOnWriteArrayList<>();
        final CountDownLatch asked = new CountDownLatch(1);
        volatile @Nullable CountDownLatch gate;
        volatile @Nullable RuntimeException away;

        @Override
        public void add(List<Trace> traces, long most) {
            asked.countDown();
            var closed = gate;
            if (closed != null) {
                try {
                    closed.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            var thrown = away;
            if (thrown != null) {
                throw thrown;
            }
            sizes.add(traces.size());
            all.addAll(traces);
        }

        @Override
        public List<Trace> page(Query query, long before, int limit) {
            return List.copyOf(all);
        }

        @Override
        public int dropBefore(Instant before) {
            return 0;
        }
    }

    private Tracing tracing(int waiting, Duration pause) {
        return new Tracing(
                kept,
                text -> text,
                InstantSource.system(),
                new Tracing.Limits(waiting, 2, 4, pause, 100, LONG),
                meters);
    }

    private double dropped() {
        return meters.get("tributary.egress.traces.dropped").counter().count();
    }

    private static Seen seen(int status) {
        return seen(URI.create("https://a.example/" + status), status);
    }

    private static Seen seen(URI uri, int status) {
        return new Seen(
                AccountId.of("pager-us"),
                new PluginVersion("pager", "1.0.0"),
                "GET",
                uri,
                Map.of(),
                Bytes.EMPTY,
                0,
                status == 0 ? Ending.TIMED_OUT : Ending.ANSWERED,
                status == 0 ? null : new Seen.Reply(status, Map.of(), Bytes.EMPTY, 0),
                "",
                1);
    }

    private void onErrand(Tracing tracing, Seen seen) {
        Errand.of(Calls.Kind.LOCATE, interaction)
                .on(() -> {
                    tracing.saw(seen);
                    return seen;
                });
    }

    @Test
    @DisplayName("what was asked for an interaction leaves a trace, and of all else what failed")
    void whichAreKept() {
        try (var tracing = tracing(64, SHORT)) {
            tracing.saw(seen(200));
            tracing.saw(seen(404));
            tracing.saw(seen(0));
            onErrand(tracing, seen(200));
            await().until(() -> kept.all.size() == 3);
        }

        assertThat(kept.all.stream().map(each -> each.end().status())).containsExactly(404, 0, 200);
        assertThat(kept.all.stream().toList().getLast().purpose())
                .isEqualTo(new Traces.Purpose(interaction, "locate", null, 0));
        assertThat(dropped()).isZero();
    }

    @Test
    @DisplayName(
            "who makes requests never waits for a database that does; what is too much is counted, what failed last")
    void neverWaits() throws InterruptedException {
        var gate = new CountDownLatch(1);
        kept.gate = gate;
        try (var tracing = tracing(8, SHORT)) {
            onErrand(tracing, seen(200));
            kept.asked.await();
            for (int i = 0; i < 20; i++) {
                onErrand(tracing, seen(200));
            }
            assertThat(dropped()).isEqualTo(14);
            for (int i = 0; i < 3; i++) {
                onErrand(tracing, seen(500));
            }
            assertThat(dropped()).isEqualTo(15);
            gate.countDown();
        }

        assertThat(kept.all).hasSize(9);
        assertThat(kept.sizes).allMatch(size -> size <= 4);
    }

    @Test
    @DisplayName("what cannot be written is counted, and what comes later is written")
    void goesOn() {
        try (var tracing = tracing(64, SHORT)) {
            for (var away : List.of(new JournalUnavailable("away"), new IllegalStateException())) {
                double before = dropped();
                kept.away = away;
                onErrand(tracing, seen(200));
                await().until(() -> dropped() == before + 1);
            }
            kept.away = null;
            onErrand(tracing, seen(201));
            await().until(() -> kept.all.size() == 1);
        }
    }

    @Test
    @DisplayName("what cannot be redacted is not kept, and harms no other")
    void whatCannotBeRedacted() {
        try (var tracing =
                new Tracing(
                        kept,
                        text -> {
                            if (text.equals("odd")) {
                                throw new IllegalStateException(text);
                            }
                            return text;
                        },
                        InstantSource.system(),
                        new Tracing.Limits(64, 2, 4, SHORT, 100, LONG),
                        meters)) {
            tracing.saw(seen(404));
            tracing.saw(seen(URI.create("https://a.example/odd"), 404));
            tracing.saw(seen(404));
            await().until(() -> kept.all.size() == 2);
        }

        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    @DisplayName("closing writes what waits, and what comes afterwards is counted")
    void closing() {
        var tracing = tracing(64, LONG);
        for (int i = 0; i < 10; i++) {
            onErrand(tracing, seen(200));
        }
        tracing.close();
        onErrand(tracing, seen(200));

        assertThat(kept.all).hasSize(10);
        assertThat(dropped()).isEqualTo(1);
    }
}
