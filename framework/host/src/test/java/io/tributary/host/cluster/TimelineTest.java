package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("positions that a fail-over replaced")
final class TimelineTest {

    private static final LogTimeline BEFORE = new LogTimeline(5, 1);
    private static final LogTimeline AFTER = new LogTimeline(5, 2);
    private static final LogTimeline FOREIGN = new LogTimeline(6, 1);

    private static final AtomicReference<LogTimeline> ADAS = new AtomicReference<>(BEFORE);
    private static final AtomicReference<LogTimeline> BOBS = new AtomicReference<>(BEFORE);

    private static Grids grids;
    private static Grid ada;
    private static Grid bob;

    private final Tail heard = new Tail();

    @BeforeAll
    static void join() throws Exception {
        grids = new Grids(2);
        ada = grids.join(grids.settings("ada"), grids.table().as("ada"), ADAS::get);
        bob = grids.join(grids.settings("bob"), grids.table().as("bob"), BOBS::get);
        Grids.awaitSize(2, ada, bob);
    }

    @AfterAll
    static void close() {
        grids.close();
    }

    @BeforeEach
    void together() {
        ADAS.set(BEFORE);
        BOBS.set(BEFORE);
    }

    @Test
    @DisplayName("reach nobody who knows of it")
    void older() throws Exception {
        BOBS.set(AFTER);
        try (var _ = bob.tail().follow(heard)) {
            ada.tail().publish(Rows.between(1, 10));
            ada.tail().publish(java.util.List.of(Rows.at(10, "x".repeat(1_100_000))));
            await().atMost(Grids.PATIENCE)
                    .until(() -> grids.lost(bob, "tail", Loss.OLDER_TIMELINE) >= 2);
            ADAS.set(AFTER);
            ada.tail().publish(Rows.between(5, 6));
            await().atMost(Grids.PATIENCE).until(() -> !heard.rows.isEmpty());
        }

        assertThat(heard.rows).containsExactly(Rows.at(5));
        assertThat(heard.timelines).containsExactly(AFTER);
        assertThat(heard.head).hasValue(0);
        assertThat(heard.newer).isEmpty();
    }

    @Test
    @DisplayName("are known as such before our own database says so: only that is passed on")
    void newer() throws Exception {
        ADAS.set(AFTER);
        try (var _ = bob.tail().follow(heard)) {
            ada.tail().publish(Rows.between(1, 10));
            await().atMost(Grids.PATIENCE).until(() -> heard.newer.contains(AFTER));
        }

        assertThat(heard.rows).isEmpty();
        assertThat(heard.timelines).isEmpty();
        assertThat(grids.lost(bob, "tail", Loss.NEWER_TIMELINE)).isPositive();
    }

    @Test
    @DisplayName("are told apart from those of another log, which is a mistake of operators")
    void otherLog() throws Exception {
        ADAS.set(FOREIGN);
        try (var _ = bob.tail().follow(heard)) {
            ada.tail().publish(Rows.between(1, 10));
            await().atMost(Grids.PATIENCE).until(() -> grids.lost(bob, "tail", Loss.OTHER_LOG) > 0);
        }

        assertThat(heard.rows).isEmpty();
        assertThat(heard.newer).isEmpty();
        assertThat(bob.trouble().orElseThrow())
                .contains("another database under the same cluster.name")
                .contains(ada.members().selfId().toString());
    }
}
