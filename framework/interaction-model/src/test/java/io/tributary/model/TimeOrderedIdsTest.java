package io.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    private static final long NOW = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();

    private final AtomicLong clock = new AtomicLong(NOW);
    private final TimeOrderedIds ids = new TimeOrderedIds(() -> Instant.ofEpochMilli(clock.get()));

    @Test
    @DisplayName("an id is a UUID version 7 that begins with the millisecond")
    void followsTheStandard() {
        UUID id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW);
    }

    @Test
    @DisplayName("while the clock stands, ids still ascend, also beyond the counter's room")
    void ascendsWhileTheClockStands() {
        var texts = Stream.generate(ids::next).limit(10_000).map(UUID::toString).toList();

        assertThat(texts).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("when the clock steps back, ids still ascend")
    void ascendsWhenTheClockStepsBack() {
        InteractionId before = ids.interaction();
        clock.addAndGet(-3_600_000);

        assertThat(ids.interaction()).isGreaterThan(before);
    }

    @Test
    @DisplayName("threads never get the same id, and each sees its own ascend")
    void isSafeForThreads() throws Exception {
        Callable<List<InteractionId>> work =
                () -> Stream.generate(ids::interaction).limit(20_000).toList();
        var all = new ArrayList<InteractionId>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var made : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(made.get()).isSorted();
                all.addAll(made.get());
            }
        }

        assertThat(new HashSet<>(all)).hasSize(80_000);
    }

    @Test
    @DisplayName("two makers at the same moment make different ids")
    void makersDiffer() {
        var fixed = InstantSource.fixed(Instant.ofEpochMilli(NOW));

        assertThat(new TimeOrderedIds(fixed).next()).isNotEqualTo(new TimeOrderedIds(fixed).next());
    }

    @Test
    @DisplayName("ids compare as their texts do, also where the highest bit is set")
    void comparesAsText() {
        var low = InteractionId.of("7fffffff-ffff-7fff-8000-000000000000");
        var high = InteractionId.of("80000000-0000-7000-8000-000000000000");

        assertThat(low).isLessThan(high);
    }
}
