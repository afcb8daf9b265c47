package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a member that joins")
final class EntranceTest {

    private static final Duration SHORT = Duration.ofMillis(600);

    private final Grids grids = new Grids(3);

    @AfterEach
    void close() {
        grids.close();
    }

    @Test
    @DisplayName("has its row before it tells anybody anything")
    void firstOfAll() throws Exception {
        Grid ada = grids.join("ada");
        var during = new AtomicReference<List<String>>();
        Roster bobs = grids.table().as("bob");
        Grid bob =
                grids.join(
                        grids.settings("bob"),
                        new Roster() {
                            @Override
                            public void enter(UUID gridMember) throws GridRefused {
                                during.compareAndSet(null, feeds());
                                bobs.enter(gridMember);
                            }

                            @Override
                            public List<Entry> live() {
                                return bobs.live();
                            }
                        });

        assertThat(grids.table().row("bob")).contains(bob.members().selfId());
        Grids.awaitSize(2, ada, bob);
        // those of the member that was there before
        assertThat(during.get()).containsExactly("grid-signals-send", "grid-tail-send");
        assertThat(feeds()).hasSize(4);
    }

    @Test
    @DisplayName("again at once under its name is let in, while its ghost is still there")
    void restart() throws Exception {
        Grid bob = grids.join(Grids.patient(grids.settings("bob"), SHORT));
        HazelcastInstance ghost =
                Hazelcast.newHazelcastInstance(
                        GridConfig.of(grids.settings("ada"), Clock.systemUTC()));
        try {
            grids.table().as("ada").enter(ghost.getCluster().getLocalMember().getUuid());
            Grids.awaitSize(2, bob);
            int before = grids.table().readings();
            await().until(() -> grids.table().readings() > before + 2);

            Grid ada = grids.join("ada");
            Grids.awaitSize(3, bob, ada);
            int since = grids.table().readings();
            await().atMost(Grids.PATIENCE).until(() -> grids.table().readings() > since + 20);

            assertThat(bob.trouble()).isEmpty();
            assertThat(ada.trouble()).isEmpty();
        } finally {
            ghost.getLifecycleService().terminate();
        }
    }

    @Test
    @DisplayName("makes the one leave that had its name before, as the newest row says")
    void newest() throws Exception {
        Grid first = grids.join(Grids.patient(grids.settings("ada"), SHORT));
        Grid second = grids.join("ada");

        await().atMost(Grids.PATIENCE).until(() -> first.trouble().isPresent());
        assertThat(first.trouble().orElseThrow()).contains("another member called 'ada'");
        Grids.awaitSize(1, second);
        assertThat(second.trouble()).isEmpty();
    }

    @Test
    @DisplayName("writes its row again when it is gone, and says so until it is there")
    void rowLost() throws Exception {
        Grid ada = grids.join("ada");
        grids.join("bob");
        grids.table().readOnly(true);
        grids.table().remove("ada");
        await().atMost(Grids.PATIENCE).until(() -> ada.trouble().isPresent());
        assertThat(ada.trouble().orElseThrow()).contains("row in the members' table is gone");

        grids.table().readOnly(false);
        await().atMost(Grids.PATIENCE).until(() -> ada.trouble().isEmpty());
        assertThat(grids.table().row("ada")).contains(ada.members().selfId());
        assertThat(ada.members().all()).hasSize(2);
    }

    @Test
    @DisplayName("and is refused leaves nothing behind, also when the table hangs")
    void refused() {
        var meters = new SimpleMeterRegistry();
        var never = new CountDownLatch(1);
        ClusterSettings settings = Grids.patient(grids.settings("ada"), SHORT);
        Roster hanging =
                new Roster() {
                    @Override
                    public void enter(UUID gridMember) {
                        try {
                            never.await();
                        } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                        }
                    }

                    @Override
                    public List<Entry> live() {
                        throw new IllegalStateException("interrupted");
                    }
                };

        assertThatThrownBy(() ->
                        Grid.join(
                                settings, hanging, () -> Grids.LOG, meters, InstantSource.system()))
                .isInstanceOf(GridRefused.class)
                .hasMessageContaining("could not enter itself");
        assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
        assertThat(meters.getMeters()).isEmpty();
        await().atMost(Grids.PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    @DisplayName("where its port is taken leaves nothing behind")
    void portTaken() throws Exception {
        ClusterSettings settings = grids.settings("ada");
        grids.join(settings);
        var meters = new SimpleMeterRegistry();

        assertThatThrownBy(() ->
                        Grid.join(
                                settings,
                                grids.table().as("ada"),
                                () -> Grids.LOG,
                                meters,
                                InstantSource.system()))
                .isInstanceOf(GridRefused.class);
        assertThat(Hazelcast.getAllHazelcastInstances()).hasSize(1);
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    @DisplayName("a second time in one process shows its own figures, and none when it is gone")
    void again() throws Exception {
        var meters = new SimpleMeterRegistry();
        ClusterSettings settings = grids.settings("ada");
        Roster roster = grids.table().as("ada");
        Grid first = Grid.join(settings, roster, () -> Grids.LOG, meters, InstantSource.system());
        assertThat(meters.get("tributary.grid.members").gauge().value()).isEqualTo(1);
        first.close();
        assertThat(meters.find("tributary.grid.members").gauges()).isEmpty();

        try (var second =
                Grid.join(settings, roster, () -> Grids.LOG, meters, InstantSource.system())) {
            first.close();
            Grid bob = grids.join("bob");
            Grids.awaitSize(2, second, bob);
            assertThat(meters.find("tributary.grid.members").gauges())
                    .singleElement()
                    .satisfies(each -> assertThat(each.value()).isEqualTo(2));
        }
        assertThat(meters.find("tributary.grid.joined").gauges()).isEmpty();
    }

    @Test
    @DisplayName("shows its own figures, though the grid before it was not closed yet")
    void overlapping() {
        var meters = new SimpleMeterRegistry();
        var before = new GridFigures(meters);
        before.members(5);
        var after = new GridFigures(meters);
        after.members(2);
        before.close();

        assertThat(meters.get("tributary.grid.members").gauge().value()).isEqualTo(2);
        after.close();
        assertThat(meters.find("tributary.grid.members").gauges()).isEmpty();
    }

    /// Threads that say something to others.
    private static List<String> feeds() {
        return threads().stream().filter(each -> each.endsWith("-send")).toList();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(each -> each.startsWith("grid-") || each.startsWith("hz."))
                .sorted()
                .toList();
    }
}
