package io.tributary.host.agents;

import io.tributary.model.Bytes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A client that keeps what it hears, and reads only as long as it is told to.
final class HeardSink implements Sink {

    final List<Long> positions = new CopyOnWriteArrayList<>();
    final List<String> cursors = new CopyOnWriteArrayList<>();
    final List<String> heartbeats = new CopyOnWriteArrayList<>();
    final List<String> signals = new CopyOnWriteArrayList<>();
    final AtomicInteger flushes = new AtomicInteger();
    volatile @Nullable Ending ended;
    volatile boolean reading = true;
    volatile int most = Integer.MAX_VALUE;
    private final AtomicInteger writers = new AtomicInteger();

    @Override
    public boolean ready() {
        return reading && positions.size() < most;
    }

    @Override
    public void event(String cursor, String type, Bytes data) {
        if (writers.incrementAndGet() != 1) {
            throw new AssertionError("two threads write at the same time");
        }
        // the position last: whoever waits for positions finds a cursor to each of them
        cursors.add(cursor);
        positions.add(JsonMapper.shared().readTree(data.asStream()).at("/data/position").asLong());
        writers.decrementAndGet();
    }

    @Override
    public void signal(String type, Bytes data) {
        signals.add(data.utf8());
    }

    @Override
    public void heartbeat(String cursor) {
        heartbeats.add(cursor);
    }

    @Override
    public void flush() {
        flushes.incrementAndGet();
    }

    @Override
    public void end(Ending why) {
        ended = why;
    }
}
