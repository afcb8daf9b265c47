package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Members of grids in this process, each at a port of its own.
final class Grids implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    static final LogTimeline LOG = new LogTimeline(-7, 1);

    /// Long enough for a machine that is busy with other things.
    private static final Duration GRACE = Duration.ofSeconds(4);

    private final List<Integer> ports;
    private final Table table = new Table();
    private final List<Grid> open = new ArrayList<>();
    private final Map<Grid, SimpleMeterRegistry> meters = new IdentityHashMap<>();
    private int next;

    /// @param most how many members there will be
    Grids(int most) {
        this.ports = free(most);
    }

    Grid join(String member) throws Exception {
        return join(settings(member));
    }

    Grid join(ClusterSettings settings) throws Exception {
        return join(settings, table.as(settings.member()));
    }

    Grid join(ClusterSettings settings, Roster roster) throws Exception {
        return join(settings, roster, () -> LOG);
    }

    Grid join(ClusterSettings settings, Roster roster, Supplier<LogTimeline> log) throws Exception {
        var registry = new SimpleMeterRegistry();
        Grid grid = Grid.join(settings, roster, log, registry, InstantSource.system());
        open.add(grid);
        meters.put(grid, registry);
        return grid;
    }

    Table table() {
        return table;
    }

    /// At a port that nobody had yet.
    ClusterSettings settings(String member) {
        int port = ports.get(next++);
        return new ClusterSettings(
                "shop",
                member,
                InetAddress.getLoopbackAddress(),
                new ClusterSettings.Port(port, false),
                new ClusterSettings.Others.Listed(
                        // not those to come: the first would wait for them to answer
                        ports.subList(0, next).stream().map(each -> "127.0.0.1:" + each).toList()),
                List.of(Keys.key(1)),
                1,
                GridTimes.STANDARD.atOnce().patient(GRACE, GRACE.dividedBy(2)));
    }

    static ClusterSettings patient(ClusterSettings settings, Duration grace) {
        return new ClusterSettings(
                settings.name(),
                settings.member(),
                settings.bind(),
                settings.port(),
                settings.others(),
                settings.keys(),
                settings.size(),
                settings.times().patient(grace, grace.dividedBy(2)));
    }

    static ClusterSettings named(ClusterSettings settings, String cluster) {
        return new ClusterSettings(
                cluster,
                settings.member(),
                settings.bind(),
                settings.port(),
                settings.others(),
                settings.keys(),
                settings.size(),
                settings.times());
    }

    static ClusterSettings keyed(ClusterSettings settings, ClusterKey... keys) {
        return new ClusterSettings(
                settings.name(),
                settings.member(),
                settings.bind(),
                settings.port(),
                settings.others(),
                List.of(keys),
                settings.size(),
                settings.times());
    }

    static ClusterSettings sized(ClusterSettings settings, int size) {
        return new ClusterSettings(
                settings.name(),
                settings.member(),
                settings.bind(),
                settings.port(),
                settings.others(),
                settings.keys(),
                size,
                settings.times());
    }

    /// How many messages a member lost.
    double lost(Grid grid, String feed, Loss why) {
        return meters
                .getOrDefault(grid, new SimpleMeterRegistry())
                .find("tributary.grid.lost")
                .tag("feed", feed)
                .tag("reason", why.name().toLowerCase(java.util.Locale.ROOT))
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    double gauge(Grid grid, String name) {
        return meters.getOrDefault(grid, new SimpleMeterRegistry()).get(name).gauge().value();
    }

    static void awaitSize(int size, Grid... grids) {
        for (Grid each : grids) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> each.members().all().size() == size);
        }
    }

    /// Until a member knows that just these are connected to others.
    static void awaitElsewhere(Grid grid, Who... all) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() ->
                        assertThat(grid.presence().elsewhere().orElseThrow())
                                .extracting(Sighting::who)
                                .containsExactlyInAnyOrder(all));
    }

    @Override
    public void close() {
        // together: one after the other would hand on what nobody will read
        try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            open.forEach(each -> closing.execute(each::close));
        }
    }

    private static List<Integer> free(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            sockets.forEach(Grids::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
