package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.cluster.Seen.Version;
import io.tributary.model.Bytes;
import java.io.File;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A peer without a key writes to the same map as we do.
@DisplayName("a map that somebody else can write to")
final class SealedMapTest {

    private static final String NAME = "presence";
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Grids grids = new Grids(2);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HazelcastInstance ours;
    private HazelcastInstance peer;
    private Surroundings surroundings;
    private IMap<Object, Object> theirs;

    @BeforeEach
    void begin() {
        ours =
                Hazelcast.newHazelcastInstance(
                        GridConfig.of(grids.settings("ada"), Clock.systemUTC()));
        Config config = GridConfig.of(grids.settings("eve"), Clock.systemUTC());
        config.getSerializationConfig().setJavaSerializationFilterConfig(null);
        peer = Hazelcast.newHazelcastInstance(config);
        surroundings = around(ours);
        theirs = peer.getMap(NAME);
    }

    @AfterEach
    void end() {
        surroundings.members().close();
        peer.getLifecycleService().terminate();
        ours.getLifecycleService().terminate();
    }

    @Test
    @DisplayName("shows what can be read, whatever lies beside it")
    void foreign() {
        var map = map(NOON);
        map.put("good", value(1, "fine"));
        awaitThere("good");
        for (int i = 0; i < 20; i++) {
            theirs.set("file " + i, new File("/nowhere"));
            theirs.set(new File("/nowhere/" + i), "key");
            theirs.set("text " + i, "hello");
            theirs.set("bytes " + i, new byte[100]);
            theirs.set("large " + i, new byte[100_000]);
        }

        assertThat(map.all().orElseThrow()).containsExactly(Bytes.utf8("fine"));
        assertThat(lost(Loss.NOT_OPENED)).isGreaterThanOrEqualTo(100);
    }

    @Test
    @DisplayName("shows no older value than it showed before")
    void putBack() {
        var map = map(NOON);
        map.put("ada", value(1, "here"));
        Object old = awaitThere("ada");
        map.put("ada", value(2, "there"));
        await().until(() -> !java.util.Arrays.equals((byte[]) theirs.get("ada"), (byte[]) old));
        var reader = map(NOON);
        assertThat(reader.all().orElseThrow()).containsExactly(Bytes.utf8("there"));

        theirs.set("ada", old);
        assertThat(reader.all().orElseThrow()).isEmpty();
        assertThat(map.all().orElseThrow()).isEmpty();
        assertThat(lost(Loss.STALE)).isEqualTo(2);
    }

    @Test
    @DisplayName("shows nothing that is older than values live")
    void expired() {
        map(NOON).put("ada", value(1, "here"));
        awaitThere("ada");

        assertThat(map(NOON.plus(KEPT)).all().orElseThrow()).hasSize(1);
        assertThat(map(NOON.plus(KEPT).plusMillis(1)).all().orElseThrow()).isEmpty();
        assertThat(map(NOON.minus(KEPT).minusMillis(1)).all().orElseThrow()).isEmpty();
    }

    @Test
    @DisplayName("shows no value under another key than its own")
    void moved() {
        var map = map(NOON);
        map.put("ada", value(1, "here"));
        theirs.set("bob", awaitThere("ada"));

        assertThat(map.all().orElseThrow()).containsExactly(Bytes.utf8("here"));
    }

    @Test
    @Timeout(20)
    @DisplayName("holds nobody longer than it is worth, also when the grid answers nothing at all")
    void hangs() {
        var never = new CountDownLatch(1);
        try (var map =
                new SealedMap(
                        around(hanging(never)), NAME, Clock.fixed(NOON, ZoneOffset.UTC), KEPT)) {
            long began = System.nanoTime();
            assertThat(map.all()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(10));
        } finally {
            never.countDown();
        }
    }

    @Test
    @DisplayName("remembers the versions of so many keys, those asked for last")
    void remembers() {
        var seen = new Seen(2);
        assertThat(seen.take("a", new Version(1, 5))).isTrue();
        assertThat(seen.take("a", new Version(1, 4))).isFalse();
        assertThat(seen.take("a", new Version(1, 5))).isTrue();
        assertThat(seen.take("a", new Version(2, 1))).isTrue();
        assertThat(seen.take("a", new Version(1, 9))).isFalse();
        seen.take("b", new Version(0, 0));
        seen.take("c", new Version(0, 0));
        assertThat(seen.take("a", new Version(1, 1))).isTrue();
    }

    /// What nothing real does on demand: stand still for good.
    private HazelcastInstance hanging(CountDownLatch never) {
        ClassLoader loader = getClass().getClassLoader();
        Object map =
                Proxy.newProxyInstance(
                        loader,
                        new Class<?>[] {IMap.class},
                        (_, _, _) -> {
                            never.await();
                            return null;
                        });
        return (HazelcastInstance)
                Proxy.newProxyInstance(
                        loader,
                        new Class<?>[] {HazelcastInstance.class},
                        (_, method, arguments) ->
                                method.getName().equals("getMap")
                                        ? map
                                        : method.invoke(ours, arguments));
    }

    private Surroundings around(HazelcastInstance hazelcast) {
        var figures = new GridFigures(meters);
        return new Surroundings(
                hazelcast,
                new Sealed("shop", List.of(Keys.key(1))),
                new Members(hazelcast, figures),
                figures,
                new Alarm(),
                () -> Grids.LOG);
    }

    private SealedMap map(Instant now) {
        return new SealedMap(surroundings, NAME, Clock.fixed(now, ZoneOffset.UTC), KEPT);
    }

    private Object awaitThere(String key) {
        return await().until(() -> theirs.get(key), java.util.Objects::nonNull);
    }

    private double lost(Loss why) {
        return meters
                .find("tributary.grid.lost")
                .tag("reason", why.name().toLowerCase(java.util.Locale.ROOT))
                .counters()
                .stream()
                .mapToDouble(io.micrometer.core.instrument.Counter::count)
                .sum();
    }

    private static SealedMap.Value value(long version, String text) {
        return new SealedMap.Value(new Version(0, version), Bytes.utf8(text));
    }
}
