package io.tributary.host.cluster;

import com.hazelcast.map.IMap;
import io.tributary.model.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A map over all members whose values are sealed, each for its key. Thread safe.
///
/// Nobody waits for a write, and for a read only as long as it is worth it. What fails is as if it
/// was never there.
final class SealedMap {

    private static final Logger LOG = LoggerFactory.getLogger(SealedMap.class);
    private static final int WRITES_UNDER_WAY = 1024;
    static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Surroundings grid;
    private final String name;
    private final IMap<String, Object> map;
    private final Semaphore room = new Semaphore(WRITES_UNDER_WAY);

    SealedMap(Surroundings grid, String name) {
        this.grid = grid;
        this.name = name;
        this.map = grid.hazelcast().getMap(name);
    }

    void put(String key, byte[] content) {
        write(() -> {
            byte[] sealed = grid.sealed().seal(content, about(key));
            grid.figures().sent(name, sealed.length);
            return map.setAsync(key, sealed);
        });
    }

    /// Several together, which costs a fraction; [#AT_ONCE] at the most.
    void putAll(Map<String, byte[]> contents) {
        if (contents.isEmpty()) {
            return;
        }
        write(() -> {
            Map<String, Object> values = new HashMap<>();
            contents.forEach((key, content) -> {
                byte[] sealed = grid.sealed().seal(content, about(key));
                grid.figures().sent(name, sealed.length);
                values.put(key, sealed);
            });
            return map.setAllAsync(values);
        });
    }

    void remove(String key) {
        write(() -> map.deleteAsync(key));
    }

    Optional<Bytes> find(String key) {
        try {
            Object value =
                    map.getAsync(key)
                            .toCompletableFuture()
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return open(key, value);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException failure) {
            unreachable(failure);
        }
        return Optional.empty();
    }

    /// Those of the keys that are there. Waits some seconds at the most.
    List<Bytes> find(Set<String> keys) {
        return read(() -> map.getAll(keys).entrySet());
    }

    /// Everything. Waits some seconds at the most.
    List<Bytes> all() {
        return read(map::entrySet);
    }

    private List<Bytes> read(Supplier<Collection<Map.Entry<String, Object>>> entries) {
        List<Bytes> found = new ArrayList<>();
        try {
            for (Map.Entry<String, Object> each : entries.get()) {
                open(each.getKey(), each.getValue()).ifPresent(found::add);
            }
        } catch (RuntimeException failure) {
            unreachable(failure);
        }
        return found;
    }

    private Optional<Bytes> open(String key, @Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        Optional<Bytes> content =
                value instanceof byte[] sealed
                        ? grid.sealed().open(sealed, about(key)).map(Sealed.Opened::content)
                        : Optional.empty();
        if (content.isEmpty()) {
            grid.figures().lost(name, Loss.NOT_OPENED);
            grid.alarm().notOpened(name, null);
        }
        return content;
    }

    private void write(Supplier<CompletionStage<?>> write) {
        if (!room.tryAcquire()) {
            grid.figures().lost(name, Loss.NO_ROOM);
            return;
        }
        try {
            // with an executor given: Hazelcast's own starts a thread each on small machines
            var _ = write.get().whenCompleteAsync((_, failure) -> written(failure), Runnable::run);
        } catch (RuntimeException failure) {
            written(failure);
        }
    }

    private void written(@Nullable Throwable failure) {
        room.release();
        if (failure != null) {
            grid.figures().lost(name, Loss.NOT_SENT);
            unreachable(failure);
        }
    }

    private void unreachable(Throwable failure) {
        LOG.debug("out of reach map={} failure={}", name, failure.getClass().getName());
    }

    private String about(String key) {
        return "map " + name + " " + key;
    }
}
