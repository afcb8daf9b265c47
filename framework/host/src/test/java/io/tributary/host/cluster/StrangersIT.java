package io.tributary.host.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.File;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("who is not one of us")
final class StrangersIT {

    private static final Duration SHORT = Duration.ofMillis(600);

    private final Grids grids = new Grids(3);

    @AfterEach
    void close() {
        grids.close();
    }

    @Test
    @DisplayName("does not join under another cluster's name")
    void foreignName() throws Exception {
        Grid ada = grids.join("ada");
        Grid other = grids.join(Grids.named(grids.settings("bob"), "store"));

        assertThat(ada.members().all()).hasSize(1);
        assertThat(other.members().all()).hasSize(1);
    }

    @Test
    @DisplayName("reads nothing and forges nothing with another key")
    void wrongKey() throws Exception {
        Grid ada = grids.join("ada");
        Grid thief = grids.join(Grids.keyed(grids.settings("bob"), Keys.key(9)));
        Grids.awaitSize(2, ada, thief);
        var heard = new Tail();
        var agent = new Who.Agent("grace");
        try (var _ = ada.tail().follow(heard);
                var _ = thief.tail().follow(heard)) {
            ada.tail().publish(Rows.between(1, 10));
            thief.tail().publish(Rows.between(10, 20));
            thief.presence().came(agent);
            await().atMost(Grids.PATIENCE)
                    .until(() -> grids.lost(ada, "tail", Loss.NOT_OPENED) > 0);
            await().atMost(Grids.PATIENCE)
                    .until(() -> grids.lost(thief, "tail", Loss.NOT_OPENED) > 0);
            await().atMost(Grids.PATIENCE)
                    .until(() -> {
                        assertThat(ada.presence().elsewhere().orElse(List.of())).isEmpty();
                        return grids.lost(ada, "presence", Loss.NOT_OPENED) > 0;
                    });
        }

        assertThat(heard.rows).isEmpty();
        assertThat(ada.trouble().orElseThrow()).contains("another cluster key");
    }

    @Test
    @DisplayName("makes us leave when no table knows it, and the alarm says who it was")
    void unknownMember() throws Exception {
        Grid ada = grids.join(Grids.patient(grids.settings("ada"), SHORT));
        HazelcastInstance stranger = stranger();
        try {
            await().atMost(Grids.PATIENCE).until(() -> ada.trouble().isPresent());

            assertThat(ada.trouble().orElseThrow())
                    .contains("has left the grid")
                    .contains(stranger.getCluster().getLocalMember().getUuid().toString());
            Grids.awaitSize(0, ada);
            assertThat(ada.joined()).isFalse();
            assertThat(grids.gauge(ada, "tributary.grid.joined")).isZero();
            var before = new AtomicInteger(-1);
            await("asks the table no more")
                    .during(SHORT)
                    .atMost(Grids.PATIENCE)
                    .until(() -> {
                        int now = grids.table().readings();
                        return before.getAndSet(now) == now;
                    });
            await().atMost(Grids.PATIENCE)
                    .until(() -> stranger.getCluster().getMembers().size() == 1);
            ada.tail().publish(Rows.between(1, 2));
            assertThat(ada.presence().elsewhere()).isEmpty();
        } finally {
            stranger.getLifecycleService().terminate();
        }
    }

    @Test
    @DisplayName("is nobody, while the table cannot be asked")
    void rosterAway() throws Exception {
        Grid ada = grids.join(Grids.patient(grids.settings("ada"), SHORT));
        grids.table().away(true);
        HazelcastInstance stranger = stranger();
        try {
            Grids.awaitSize(2, ada);
            int before = grids.table().readings();
            // a reading each tenth of the grace: three graces
            await().atMost(Grids.PATIENCE).until(() -> grids.table().readings() > before + 30);
            assertThat(ada.trouble()).isEmpty();

            grids.table().away(false);
            await().atMost(Grids.PATIENCE).until(() -> ada.trouble().isPresent());
        } finally {
            stranger.getLifecycleService().terminate();
        }
    }

    @Test
    @DisplayName("is who cannot enter itself in the table, so it does not stay and tells nothing")
    void withoutRow() throws Exception {
        Grid ada = grids.join(Grids.patient(grids.settings("ada"), SHORT));
        Roster away =
                new Roster() {
                    @Override
                    public void enter(UUID gridMember) {
                        throw new IllegalStateException("the database is away");
                    }

                    @Override
                    public List<Entry> live() {
                        return List.of();
                    }
                };

        assertThatThrownBy(() -> grids.join(grids.settings("bob"), away))
                .isInstanceOf(GridRefused.class)
                .hasMessageContaining("could not enter itself in the members' table");
        Grids.awaitSize(1, ada);
        assertThat(ada.trouble()).isEmpty();
    }

    @Test
    @DisplayName("is who comes second with a name that the table says is another's")
    void namesake() throws Exception {
        Grid ada = grids.join("ada");
        Roster refusing =
                new Roster() {
                    @Override
                    public void enter(UUID gridMember) throws GridRefused {
                        throw new GridRefused("another member is called 'ada' and alive");
                    }

                    @Override
                    public List<Entry> live() {
                        return grids.table().as("ada").live();
                    }
                };

        assertThatThrownBy(() -> grids.join(grids.settings("ada"), refusing))
                .isInstanceOf(GridRefused.class)
                .hasMessage("another member is called 'ada' and alive");
        Grids.awaitSize(1, ada);
        assertThat(ada.trouble()).isEmpty();
    }

    @Test
    @DisplayName("has the port already")
    void takenPort() throws Exception {
        ClusterSettings settings = grids.settings("ada");
        grids.join(settings);

        assertThatThrownBy(() -> grids.join(settings))
                .isInstanceOf(GridRefused.class)
                .hasMessageContaining(
                        "the port " + settings.port().number() + " of 127.0.0.1 is taken");
    }

    @Test
    @DisplayName("gives us no address that is not ours")
    void foreignAddress() {
        ClusterSettings settings = grids.settings("ada");
        var elsewhere =
                new ClusterSettings(
                        settings.name(),
                        settings.member(),
                        InetAddress.ofLiteral("10.255.255.254"),
                        settings.port(),
                        settings.others(),
                        settings.keys(),
                        settings.size(),
                        settings.times());

        assertThatThrownBy(() -> grids.join(elsewhere))
                .isInstanceOf(GridRefused.class)
                .hasMessage("10.255.255.254 is no address of this machine: correct cluster.bind");
    }

    @Test
    @DisplayName("finds no door for clients at the port, nor one for browsers")
    void clients() throws Exception {
        ClusterSettings settings = grids.settings("ada");
        grids.join(settings);

        for (String protocol : new String[] {"CP2", "GET", "TXT"}) {
            try (var socket =
                    new Socket(InetAddress.getLoopbackAddress(), settings.port().number())) {
                socket.setSoTimeout((int) Grids.PATIENCE.toMillis());
                socket.getOutputStream().write(protocol.getBytes(US_ASCII));
                assertThat(socket.getInputStream().readNBytes(3))
                        .as(protocol)
                        .isEqualTo("HZX".getBytes(US_ASCII));
            } catch (java.net.SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
        }
    }

    @Test
    @DisplayName("brings in no classes")
    void classes() throws Exception {
        Grid ada = grids.join("ada");
        HazelcastInstance stranger = stranger();
        try {
            Grids.awaitSize(2, ada);
            stranger.getMap(Presence.NAME).set("file", new File("/etc/passwd"));
            stranger.getTopic("tail").publish(new File("/etc/passwd"));
            stranger.getTopic("signals").publish("hello");

            await().atMost(Grids.PATIENCE)
                    .until(() -> grids.lost(ada, "tail", Loss.NOT_OPENED) > 0);
            await().atMost(Grids.PATIENCE)
                    .until(() -> grids.lost(ada, "signals", Loss.NOT_OPENED) > 0);
            var restricted =
                    Hazelcast.newHazelcastInstance(
                            GridConfig.of(grids.settings("bob"), Clock.systemUTC()));
            try {
                assertThatThrownBy(() -> restricted.getMap(Presence.NAME).get("file"))
                        .hasStackTraceContaining("java.io.File")
                        .hasStackTraceContaining("not allowed");
                assertThatThrownBy(() -> restricted.getMap(Presence.NAME).set("x", new Plain("x")))
                        .hasStackTraceContaining("it is restricted");
            } finally {
                restricted.getLifecycleService().terminate();
            }
        } finally {
            stranger.getLifecycleService().terminate();
        }
    }

    /// What Hazelcast would serialize without being told how.
    record Plain(String text) {}

    @Test
    @DisplayName("leaves the smaller part of a torn grid with what it knows itself")
    void minority() throws Exception {
        Grid ada = grids.join(Grids.sized(grids.settings("ada"), 3));
        var agent = new Who.Agent("grace");
        ada.presence().came(agent);

        await().atMost(Grids.PATIENCE).until(() -> grids.lost(ada, "presence", Loss.NOT_SENT) > 0);
        assertThat(ada.presence().elsewhere()).isEmpty();

        Grid bob = grids.join(Grids.sized(grids.settings("bob"), 3));
        Grids.awaitElsewhere(bob, agent);
    }

    /// Somebody who found out the cluster's name and address, with Hazelcast's own settings.
    private HazelcastInstance stranger() {
        ClusterSettings settings = grids.settings("mallory");
        Config config = GridConfig.of(settings, Clock.systemUTC());
        config.getSerializationConfig().setJavaSerializationFilterConfig(null);
        return Hazelcast.newHazelcastInstance(config);
    }
}
