package io.tributary.host.cluster;

import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.tributary.host.cluster.Seen.Version;
import io.tributary.model.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A map over all members whose values are sealed, each for its key. Thread safe.
///
/// Nobody waits for a write, and for a read only as long as it is worth it. What fails is as if it
/// was never there, and spoils nothing beside it. A value says when it was sealed and which version
/// it is: who can write to the map can put an old one back, so none is taken that is older than
/// what was seen under its key here, or than values live.
final class SealedMap implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SealedMap.class);
    private static final int WRITES_UNDER_WAY = 1024;
    static final int AT_ONCE = 500;
    private static final int KEYS_REMEMBERED = 20_000;
    private static final int LARGEST = 70_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Surroundings grid;
    private final String name;
    private final Clock clock;
    private final Duration kept;
    private final IMap<String, Object> map;
    private final Semaphore room = new Semaphore(WRITES_UNDER_WAY);
    private final Seen seen = new Seen(KEYS_REMEMBERED);

    /// Reads everything, which Hazelcast gives no time-out for.
    private final ExecutorService reading;

    /// @param kept how long values live
    SealedMap(Surroundings grid, String name, Clock clock, Duration kept) {
        this.grid = grid;
        this.name = name;
        this.clock = clock;
        this.kept = kept;
        this.map = grid.hazelcast().getMap(name);
        this.reading =
                new ThreadPoolExecutor(
                        0,
                        2,
                        10,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform().daemon().name("grid-" + name + "-read").factory());
    }

    /// What is put under a key.
    record Value(Version version, Bytes content) {}

    void put(String key, Value value) {
        write(() -> map.setAsync(key, sealed(key, value)));
    }

    /// Several together, which costs a fraction; [#AT_ONCE] at the most.
    void putAll(Map<String, Value> values) {
        if (values.isEmpty()) {
            return;
        }
        write(() -> {
            Map<String, Object> all = new HashMap<>();
            values.forEach((key, value) -> all.put(key, sealed(key, value)));
            return map.setAllAsync(all);
        });
    }

    void remove(String key) {
        write(() -> map.deleteAsync(key));
    }

    /// Everything that can be opened; empty: the map does not answer. Waits two seconds at the
    /// most.
    Optional<List<Bytes>> all() {
        try {
            Future<List<Bytes>> all = reading.submit(this::read);
            try {
                return Optional.of(all.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException late) {
                all.cancel(true);
                unreachable(late);
            } catch (ExecutionException failure) {
                failed(failure.getCause());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException busy) {
            unreachable(busy);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        reading.shutdownNow();
    }

    private List<Bytes> read() {
        List<Bytes> found = new ArrayList<>();
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext() && !Thread.currentThread().isInterrupted()) {
            try {
                // reads it as well, so what cannot be read fails here, with the next one before it
                Map.Entry<?, ?> each = entries.next();
                open(each.getKey(), each.getValue()).ifPresent(found::add);
            } catch (RuntimeException unreadable) {
                failed(unreadable);
            }
        }
        return found;
    }

    private byte[] sealed(String key, Value value) {
        seen.take(key, value.version());
        byte[] content =
                new WireWriter()
                        .number(clock.millis())
                        .number(value.version().era())
                        .number(value.version().number())
                        .content(value.content())
                        .toArray();
        byte[] sealed = grid.sealed().seal(content, about(key));
        grid.figures().sent(name, sealed.length);
        return sealed;
    }

    /// Keys and values may be anything that somebody put there.
    private Optional<Bytes> open(@Nullable Object key, @Nullable Object value) {
        if (key instanceof String text
                && value instanceof byte[] sealed
                && sealed.length <= LARGEST) {
            Optional<Sealed.Opened> opened = grid.sealed().open(sealed, about(text));
            if (opened.isPresent()) {
                return current(text, new WireReader(opened.get().content()));
            }
        }
        notOpened();
        return Optional.empty();
    }

    private Optional<Bytes> current(String key, WireReader in) {
        try {
            long age = clock.millis() - in.number();
            var version = new Version(in.number(), in.number());
            Bytes content = in.content();
            if (Math.abs(age) <= kept.toMillis() && seen.take(key, version)) {
                return Optional.of(content);
            }
            grid.figures().lost(name, Loss.STALE);
        } catch (Unreadable _) {
            grid.figures().lost(name, Loss.NOT_READ);
        }
        return Optional.empty();
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

    /// Something foreign lies there, or the grid does not answer.
    private void failed(@Nullable Throwable failure) {
        if (failure instanceof HazelcastSerializationException) {
            notOpened();
        } else if (failure != null) {
            unreachable(failure);
        }
    }

    private void notOpened() {
        grid.figures().lost(name, Loss.NOT_OPENED);
        grid.alarm().notOpened(name, null);
    }

    private void unreachable(Throwable failure) {
        LOG.debug("out of reach map={} failure={}", name, failure.getClass().getName());
    }

    private String about(String key) {
        return "map " + name + " " + key;
    }
}
